package org.aula.enrollments.bulk;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Finds whom and what lines name. What they name wrongly becomes an issue.
@Singleton
final class LineResolver {

    private static final int UUID_LENGTH = 36;

    private final BulkRepository repository;

    LineResolver(BulkRepository repository) {
        this.repository = repository;
    }

    /// Who and what exist, of all that a batch names.
    private record Known(Set<UUID> users, Map<String, UUID> emails, Set<UUID> courses) {}

    /// Thrown for a line, and caught for it.
    private static final class LineRefused extends Exception {
        private static final long serialVersionUID = 1;
        private final String element;

        LineRefused(String element, String reason) {
            super(reason, null, false, false);
            this.element = element;
        }
    }

    /// @param issues told of the lines that are left out
    List<Candidate> resolve(EnrollmentList list, List<ListLine> lines, Instant now, List<Issue> issues) {
        var known = new Known(
                Set.copyOf(repository.findUsers(ids(lines, ListLine::userId))),
                usersByEmail(emails(lines)),
                Set.copyOf(repository.findCourses(
                        list.courseId() == null ? ids(lines, ListLine::courseId) : Set.of(list.courseId()))));
        var candidates = new ArrayList<Candidate>();
        for (var line : lines) {
            try {
                candidates.add(new Candidate(
                        line.number(),
                        UuidCreator.getTimeOrderedEpoch(),
                        user(line, known),
                        course(line, list, known),
                        expiry(line, now)));
            } catch (LineRefused refused) {
                issues.add(new Issue(line.number(), refused.element, Objects.requireNonNull(refused.getMessage())));
            }
        }
        return candidates;
    }

    /// By address in lower case.
    private Map<String, UUID> usersByEmail(Set<String> emails) {
        var users = new HashMap<String, UUID>();
        repository
                .findContacts(emails)
                .forEach(contact -> users.put(contact.email().toLowerCase(Locale.ROOT), contact.id()));
        return users;
    }

    private static UUID user(ListLine line, Known known) throws LineRefused {
        if (line.userId().isEmpty() == line.email().isEmpty()) {
            throw new LineRefused("user_id", "each line names its learner by either user_id or email");
        }
        if (line.userId().isEmpty()) {
            var user = known.emails().get(line.email().toLowerCase(Locale.ROOT));
            if (user == null) {
                throw new LineRefused("email", "no user has verified this email address");
            }
            return user;
        }
        return uuid(line.userId())
                .filter(known.users()::contains)
                .orElseThrow(() -> new LineRefused("user_id", "user not found"));
    }

    private static UUID course(ListLine line, EnrollmentList list, Known known) throws LineRefused {
        var id = list.courseId() == null ? uuid(line.courseId()) : Optional.of(list.courseId());
        return id.filter(known.courses()::contains)
                .orElseThrow(() -> new LineRefused("course_id", "the catalog has no such course"));
    }

    private static @Nullable Instant expiry(ListLine line, Instant now) throws LineRefused {
        if (line.expiresAt().isEmpty()) {
            return null;
        }
        Instant time;
        try {
            time = Instant.parse(line.expiresAt()).truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeParseException malformed) {
            throw new LineRefused("expires_at", "this is no time such as 2027-01-31T00:00:00Z");
        }
        if (!time.isAfter(now) || time.isAfter(now.plus(36_525, ChronoUnit.DAYS))) {
            throw new LineRefused("expires_at", "access must end in the future, and within 100 years");
        }
        return time;
    }

    private static Set<UUID> ids(List<ListLine> lines, Function<ListLine, String> column) {
        var ids = new HashSet<UUID>();
        lines.forEach(line -> uuid(column.apply(line)).ifPresent(ids::add));
        return ids;
    }

    private static Set<String> emails(List<ListLine> lines) {
        var emails = new HashSet<String>();
        lines.stream().map(ListLine::email).filter(email -> !email.isEmpty()).forEach(emails::add);
        return emails;
    }

    private static Optional<UUID> uuid(String text) {
        if (text.length() != UUID_LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
