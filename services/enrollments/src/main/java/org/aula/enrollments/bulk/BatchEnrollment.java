package org.aula.enrollments.bulk;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aula.enrollments.enrollment.Enrollment;
import org.aula.enrollments.enrollment.EnrollmentEvents;
import org.aula.enrollments.enrollment.EnrollmentRepository;
import org.aula.enrollments.enrollment.EnrollmentService;
import org.aula.enrollments.seat.Seats;
import org.aula.kernel.events.Outbox;
import org.aula.kernel.time.Times;

/// Enrolls the learners of many lines in one transaction, with statements for all of them. Locks are taken
/// in the order of [EnrollmentService]: every learner's place, every enrollment, then the seats of one
/// course after the other.
@Singleton
final class BatchEnrollment {

    static final String ENROLLED = "the learner is enrolled in this course already";
    static final String FULL = "no seat of the course is free";
    static final String UNPREPARED = "the learner has not completed what this course asks for";

    private final LineResolver resolver;
    private final BulkRepository repository;
    private final EnrollmentRepository enrollments;
    private final EnrollmentService enrollmentService;
    private final Seats seats;
    private final Outbox outbox;
    private final Clock clock;

    BatchEnrollment(
            LineResolver resolver,
            BulkRepository repository,
            EnrollmentRepository enrollments,
            EnrollmentService enrollmentService,
            Seats seats,
            Outbox outbox,
            Clock clock) {
        this.resolver = resolver;
        this.repository = repository;
        this.enrollments = enrollments;
        this.enrollmentService = enrollmentService;
        this.seats = seats;
        this.outbox = outbox;
        this.clock = clock;
    }

    /// What is told at the end of a dry run as if the batches before had been enrolled.
    static final class Preview {
        private final Set<Candidate.Pair> enrolled = new HashSet<>();
        private final Map<UUID, Long> taken = new LinkedHashMap<>();
    }

    /// @return lines that came to nothing, in their order
    List<Issue> enroll(EnrollmentList list, List<ListLine> lines) {
        var now = Times.now(clock);
        var issues = new ArrayList<Issue>();
        var candidates = eligible(list, lines, now, issues);
        var taken = Set.copyOf(repository.takeKeys(candidates));
        var fresh = new ArrayList<Candidate>();
        var ended = new LinkedHashMap<Candidate, Enrollment>();
        var known = known(candidates, taken);
        for (var candidate : candidates) {
            var enrollment = known.get(candidate.pair());
            if (taken.contains(candidate.id())) {
                fresh.add(candidate);
            } else if (enrollment != null && !enrollment.isActive(now)) {
                ended.put(candidate, enrollment);
            } else {
                issues.add(new Issue(candidate.line(), "", ENROLLED));
            }
        }
        var refused = new ArrayList<Candidate>();
        byCourse(fresh, ended.keySet()).forEach((courseId, some) -> {
            seats.hold(courseId);
            refused.addAll(seat(courseId, some, ended));
        });
        dropKeys(refused.stream().filter(one -> !ended.containsKey(one)).toList());
        refused.forEach(candidate -> issues.add(new Issue(candidate.line(), "", FULL)));
        fresh.removeAll(new HashSet<>(refused));
        var begun = fresh.stream().map(candidate -> candidate.enrollment(now)).toList();
        enrollments.insertAll(begun);
        outbox.appendAll(begun.stream().map(EnrollmentEvents::userEnrolled).toList());
        return inOrder(issues);
    }

    /// Seats the learners of one course.
    ///
    /// @return those for whom there was none
    private List<Candidate> seat(UUID courseId, List<Candidate> candidates, Map<Candidate, Enrollment> ended) {
        var refused = new ArrayList<Candidate>();
        var others = new ArrayList<Candidate>();
        var waiting = seats.waiting(courseId, users(candidates));
        for (var candidate : candidates) {
            var enrollment = ended.get(candidate);
            if (enrollment != null) {
                if (enrollmentService
                        .tryReopen(enrollment, Enrollment.Source.BULK, candidate.expiresAt())
                        .isEmpty()) {
                    refused.add(candidate);
                }
            } else if (!waiting.contains(candidate.userId())) {
                others.add(candidate);
            } else if (!seats.tryTake(courseId, candidate.userId())) {
                refused.add(candidate);
            }
        }
        var count = seats.takeUpTo(courseId, others.size());
        refused.addAll(others.subList(count, others.size()));
        return refused;
    }

    /// What would come of it, by the rows as they are now. Writes nothing and keeps nobody from anything.
    ///
    /// @return lines that would come to nothing, in their order
    List<Issue> preview(EnrollmentList list, List<ListLine> lines, Preview preview) {
        var now = Times.now(clock);
        var issues = new ArrayList<Issue>();
        var candidates = eligible(list, lines, now, issues);
        var known = enrollments.findAll(repository.findKeys(candidates)).stream()
                .collect(Collectors.toMap(BatchEnrollment::pair, Function.identity()));
        var unseated = new ArrayList<Candidate>();
        for (var candidate : candidates) {
            var enrollment = known.get(candidate.pair());
            var isKnown = enrollment != null && enrollment.isActive(now);
            if (isKnown || !preview.enrolled.add(candidate.pair())) {
                issues.add(new Issue(candidate.line(), "", ENROLLED));
            } else if (enrollment == null || !enrollment.holdsSeat()) {
                unseated.add(candidate);
            }
        }
        byCourse(unseated, Set.of()).forEach((courseId, some) -> {
            var offered = seats.offered(courseId, users(some));
            var free = seats.free(courseId) - preview.taken.getOrDefault(courseId, 0L);
            for (var candidate : some) {
                if (offered.contains(candidate.userId())) {
                    continue;
                }
                if (free-- > 0) {
                    preview.taken.merge(courseId, 1L, Long::sum);
                } else {
                    preview.enrolled.remove(candidate.pair());
                    issues.add(new Issue(candidate.line(), "", FULL));
                }
            }
        });
        return inOrder(issues);
    }

    private void dropKeys(List<Candidate> refused) {
        if (!refused.isEmpty()) {
            repository.dropKeys(refused.stream().map(Candidate::id).toList());
        }
    }

    /// Those who exist, are named once in the batch, and have completed what their courses ask for.
    private List<Candidate> eligible(EnrollmentList list, List<ListLine> lines, Instant now, List<Issue> issues) {
        var first = new LinkedHashMap<Candidate.Pair, Candidate>();
        for (var candidate : resolver.resolve(list, lines, now, issues)) {
            if (first.putIfAbsent(candidate.pair(), candidate) != null) {
                issues.add(new Issue(candidate.line(), "", ENROLLED));
            }
        }
        var candidates = new ArrayList<>(first.values());
        if (!list.waivesPrerequisites()) {
            var demanding = Set.copyOf(repository.findDemanding(
                    candidates.stream().map(Candidate::courseId).collect(Collectors.toSet())));
            var unprepared = Set.copyOf(repository.findUnprepared(candidates.stream()
                    .filter(candidate -> demanding.contains(candidate.courseId()))
                    .toList()));
            candidates.removeIf(candidate -> {
                var isUnprepared = unprepared.contains(candidate.pair());
                if (isUnprepared) {
                    issues.add(new Issue(candidate.line(), "", UNPREPARED));
                }
                return isUnprepared;
            });
        }
        return candidates;
    }

    /// The enrollments of those whose places were taken before, locked.
    private Map<Candidate.Pair, Enrollment> known(List<Candidate> candidates, Set<UUID> taken) {
        var others = candidates.stream()
                .filter(candidate -> !taken.contains(candidate.id()))
                .toList();
        return others.isEmpty()
                ? Map.of()
                : enrollments.lockAll(repository.findKeys(others)).stream()
                        .collect(Collectors.toMap(BatchEnrollment::pair, Function.identity()));
    }

    private static Candidate.Pair pair(Enrollment enrollment) {
        return new Candidate.Pair(enrollment.userId(), enrollment.courseId());
    }

    private static Map<UUID, List<Candidate>> byCourse(List<Candidate> fresh, Set<Candidate> ended) {
        var all = new ArrayList<>(fresh);
        all.addAll(ended);
        all.sort(Comparator.comparingLong(Candidate::line));
        return all.stream().collect(Collectors.groupingBy(Candidate::courseId, TreeMap::new, Collectors.toList()));
    }

    private static List<UUID> users(List<Candidate> candidates) {
        return candidates.stream().map(Candidate::userId).toList();
    }

    private static List<Issue> inOrder(List<Issue> issues) {
        issues.sort(Comparator.comparingLong(Issue::line));
        return issues;
    }
}
