package org.aula.assignments.quiz;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.aula.api.assignments.v1.QuizPublished;
import org.aula.api.assignments.v1.QuizVersion;
import org.aula.assignments.course.Refusals;
import org.aula.assignments.draft.Quiz;
import org.aula.assignments.quiz.QuizContents.Whole;

/// The version that a quiz would get if it were published now.
///
/// @param quiz as it would be then
record DraftVersionMapper(Quiz quiz, QuizVersion version, Instant now) {

    static DraftVersionMapper of(Whole whole, List<Pool> pools, UUID publisher, Instant now) {
        var quiz = whole.quiz().published(now);
        return new DraftVersionMapper(quiz, VersionMapper.version(quiz, whole.questions(), pools, publisher, now), now);
    }

    boolean isSameAs(byte[] document) {
        return VersionMapper.isSame(version, VersionMapper.version(document));
    }

    /// @throws org.aula.kernel.error.ServiceException FAILED_PRECONDITION with TOO_LARGE
    void requireNotTooLarge(long limit) {
        if (version.getSerializedSize() > limit) {
            throw Refusals.tooLarge("a version has 3 MiB at most", version.getSerializedSize(), limit);
        }
    }

    VersionRow row() {
        return VersionMapper.row(quiz, version, now);
    }

    /// @param last document of the version before
    QuizPublished event(Optional<byte[]> last) {
        return QuizEvents.published(
                version,
                last.map(document -> VersionMapper.changedQuestions(VersionMapper.version(document), version))
                        .orElse(List.of()));
    }

    /// What is told of quizzes that had no version before.
    static List<QuizPublished> firstEvents(List<DraftVersionMapper> drafts) {
        return drafts.stream().map(draft -> draft.event(Optional.empty())).toList();
    }
}
