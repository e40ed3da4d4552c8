package org.aula.local.access;

import java.util.Locale;

/// What a request can name, in the state in which [Things] makes it.
enum Thing {
    /// Nothing that belongs to anybody.
    NONE(Whose.NOBODYS),
    /// A role of the institution's own.
    ROLE(Whose.NOBODYS),
    /// A partner, with a secret.
    PARTNER(Whose.NOBODYS),
    /// A permission of the institution's own.
    PERMISSION(Whose.NOBODYS),
    /// A category below another.
    CATEGORY(Whose.NOBODYS),
    /// A word that courses are found by.
    TAG(Whose.NOBODYS),
    /// A person.
    USER(Whose.ANYBODYS),
    /// A person whom an administrator has deleted: who is deleted cannot call.
    DELETED_USER(Whose.OTHERS),
    /// A registration that is over.
    REGISTRATION(Whose.ANYBODYS),
    /// Something that a person has done.
    ACTIVITY(Whose.ANYBODYS),
    /// A session that lives.
    SESSION(Whose.ANYBODYS),
    /// The caller's own password: whoever names another has the wrong one.
    PASSWORD(Whose.CALLERS),
    /// A secret of the caller's that waits for its first code.
    BEGUN_FACTOR(Whose.CALLERS),
    /// A second factor of the caller's, and the password.
    ACTIVE_FACTOR(Whose.CALLERS),
    /// What signs a person in and keeps them so.
    CREDENTIALS(Whose.OTHERS),
    /// The question of signing in with a second factor.
    CHALLENGE(Whose.OTHERS),
    /// The token of an email that verifies an address.
    VERIFICATION(Whose.OTHERS),
    /// The token of an email that sets a new password.
    RESET(Whose.OTHERS),
    /// An email that was sent or waits.
    EMAIL(Whose.ANYBODYS),
    /// A file whose bytes are there, and which is not completed.
    UPLOAD(Whose.ANYBODYS),
    /// A file for its owner.
    PRIVATE_ASSET(Whose.ANYBODYS),
    /// The same, and a file of the same owner in the custody of each service that lists such.
    KEPT_ASSET(Whose.ANYBODYS),
    /// A learning package for its owner.
    PRIVATE_PACKAGE(Whose.ANYBODYS),
    /// A file of a course for those who are enrolled. Its owners are the learners.
    COURSE_ASSET(Whose.ANYBODYS),
    /// The same, as a learning package.
    COURSE_PACKAGE(Whose.ANYBODYS),
    /// A file for everybody.
    PUBLIC_ASSET(Whose.ANYBODYS),
    /// A learning package for everybody.
    PUBLIC_PACKAGE(Whose.ANYBODYS),
    /// A course that is not in the catalog, with a section and a lesson.
    DRAFT(Whose.ANYBODYS),
    /// The same, handed in.
    SUBMITTED(Whose.ANYBODYS),
    /// The same, in the catalog.
    PUBLISHED(Whose.ANYBODYS),
    /// The same, taken out of the catalog again.
    ARCHIVED(Whose.ANYBODYS),
    /// An import.
    OPERATION(Whose.ANYBODYS),
    /// An enrollment, with the course of somebody else and its lesson.
    ENROLLMENT(Whose.ANYBODYS),
    /// The same, when the course has left the catalog.
    KEPT(Whose.ANYBODYS),
    /// A certificate. Its owners are the learners.
    CERTIFICATE(Whose.ANYBODYS),
    /// A certificate of somebody else. Its owners teach the course.
    TAUGHT_CERTIFICATE(Whose.ANYBODYS),
    /// A note in a lesson that also has a step done, with the enrollment.
    NOTE(Whose.ANYBODYS),
    /// A course in the catalog without a free seat, with somebody enrolled and somebody waiting.
    TAUGHT(Whose.ANYBODYS),
    /// A place on the waitlist of such a course of somebody else.
    WAITING(Whose.ANYBODYS),
    /// The same, with an offer.
    OFFERED(Whose.ANYBODYS),
    /// A list of enrollments without a part.
    EMPTY_LIST(Whose.NOBODYS),
    /// The same, with a part.
    FILLED_LIST(Whose.NOBODYS),
    /// A run of such a list.
    LIST_RUN(Whose.ANYBODYS),
    /// A review that a learner wrote, with its course.
    REVIEW(Whose.ANYBODYS),
    /// The same, hidden by a moderator.
    HIDDEN_REVIEW(Whose.ANYBODYS),
    /// A quiz with a question, and a bank with another, of a course that is not in the catalog. Its
    /// owners teach it.
    QUIZ(Whose.ANYBODYS),
    /// A draw of such a quiz.
    DRAW(Whose.ANYBODYS),
    /// Work to hand in of such a course.
    FILE_ASSIGNMENT(Whose.ANYBODYS),
    /// A published quiz, a bank and published work of a course in the catalog. Its owners teach it.
    TAUGHT_QUIZ(Whose.ANYBODYS),
    /// The same of somebody else's course. Its owners are the learners.
    OFFERED_QUIZ(Whose.ANYBODYS),
    /// An attempt at such a quiz that is under way. Its owners are the learners.
    ATTEMPT(Whose.ANYBODYS),
    /// A quiz that a learner has taken, and work that the learner handed in. Its owners teach it.
    TAKEN_QUIZ(Whose.ANYBODYS),
    /// A quiz with an essay that waits for its grade. Its owners teach it.
    ESSAY_QUIZ(Whose.ANYBODYS),
    /// The attempt with such an essay.
    MARKED_ATTEMPT(Whose.ANYBODYS),
    /// An operation that grades such attempts anew.
    REGRADING(Whose.ANYBODYS),
    /// Work that is not handed in yet. Its owners are the learners.
    SUBMISSION(Whose.ANYBODYS),
    /// Work that a learner handed in. Its owners teach the course.
    HANDED_IN(Whose.ANYBODYS);

    /// Whose it can be.
    enum Whose {
        /// It belongs to nobody.
        NOBODYS,
        /// Callers can only speak of their own.
        CALLERS,
        /// Callers can only speak of somebody else's.
        OTHERS,
        /// The caller's own or somebody else's.
        ANYBODYS
    }

    private final Whose whose;

    Thing(Whose whose) {
        this.whose = whose;
    }

    Whose whose() {
        return whose;
    }

    /// Whether changing it changes what a person can do or is, so that it needs a person of its own.
    boolean isPersonal() {
        return compareTo(USER) >= 0 && compareTo(RESET) <= 0;
    }

    /// Whether anybody may know that it exists.
    boolean isPublic() {
        return switch (this) {
            case PUBLISHED,
                    PUBLIC_ASSET,
                    PUBLIC_PACKAGE,
                    REVIEW,
                    TAUGHT,
                    TAUGHT_QUIZ,
                    OFFERED_QUIZ,
                    TAKEN_QUIZ,
                    ESSAY_QUIZ -> true;
            default -> false;
        };
    }

    /// By the name in the matrix, such as `private-asset`.
    static Thing named(String name) {
        return name.equals("-") ? NONE : valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /// As the matrix calls it.
    String title() {
        return this == NONE ? "-" : name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
