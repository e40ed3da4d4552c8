package org.aula.courses.export;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.aula.courses.lesson.Lesson;
import org.aula.courses.lesson.LessonType;
import org.aula.courses.olx.InvalidCourseException;
import org.aula.courses.olx.RefusalReason;

/// What the lessons of a course keep to among each other.
final class OutlineRules {

    private static final int MAX_LESSONS = 1_000;

    private OutlineRules() {}

    /// @throws InvalidCourseException with OUTLINE_INVALID
    static void require(List<Lesson> lessons) {
        if (lessons.size() > MAX_LESSONS) {
            throw refusal("a course has " + MAX_LESSONS + " lessons at most");
        }
        var prerequisites = new HashMap<UUID, List<UUID>>();
        for (var lesson : lessons) {
            if (prerequisites.put(lesson.id(), lesson.prerequisiteIds()) != null) {
                throw refusal("two lessons are called " + lesson.id());
            }
            if (lesson.liveAt() != null && lesson.type() != LessonType.LIVE_SESSION) {
                throw refusal("only a live session begins at a time, not " + lesson.id());
            }
        }
        for (var lesson : lessons) {
            for (var before : lesson.prerequisiteIds()) {
                if (!prerequisites.containsKey(before)) {
                    throw refusal(lesson.id() + " comes after " + before + ", which is not there");
                }
            }
        }
        requireNoCircle(prerequisites);
    }

    /// Takes away what needs nothing, again and again: what stays needs itself.
    private static void requireNoCircle(Map<UUID, List<UUID>> prerequisites) {
        var open = new HashMap<>(prerequisites);
        var done = new HashSet<UUID>();
        for (var going = true; going; ) {
            var ready = open.keySet().stream()
                    .filter(id -> done.containsAll(prerequisites.getOrDefault(id, List.of())))
                    .toList();
            done.addAll(ready);
            open.keySet().removeAll(done);
            going = !ready.isEmpty();
        }
        if (!open.isEmpty()) {
            throw refusal("lessons come before themselves, such as "
                    + open.keySet().iterator().next());
        }
    }

    private static InvalidCourseException refusal(String message) {
        return new InvalidCourseException(RefusalReason.OUTLINE_INVALID, ExportedCourse.OUTLINE, message);
    }
}
