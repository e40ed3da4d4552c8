package org.aula.courses.lesson;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.aula.courses.course.KeptCourses;
import org.aula.courses.course.Viewer;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Database;

/// Lessons as the caller may see them.
@Singleton
final class LessonReader {

    private final LessonRepository lessons;
    private final LessonAccess access;
    private final KeptCourses kept;
    private final Database database;

    LessonReader(LessonRepository lessons, LessonAccess access, KeptCourses kept, Database database) {
        this.lessons = lessons;
        this.access = access;
        this.kept = kept;
        this.database = database;
    }

    /// A lesson as the caller may see it.
    ///
    /// @throws ServiceException NOT_FOUND with LESSON_NOT_FOUND
    Lesson get(UUID id) {
        var viewer = Viewer.current();
        return database.query(() -> lessons.findVisible(id, viewer))
                .or(() -> findKept(id))
                .map(lesson -> access.shown(List.of(lesson)).getFirst())
                .orElseThrow(LessonAccess::notFound);
    }

    /// The lessons of many sections, in the sections' order. A section that does not exist for the caller
    /// has none.
    ///
    /// @param first lessons of each section at most
    List<LessonList> list(List<UUID> sectionIds, int first) {
        var found = list(sectionIds, first, Viewer.current());
        var listed = withKept(found, first);
        var shown = access.shown(
                        listed.stream().flatMap(list -> list.lessons().stream()).toList())
                .iterator();
        return listed.stream()
                .map(list -> new LessonList(
                        list.sectionId(),
                        list.lessons().stream().map(before -> shown.next()).toList(),
                        list.total()))
                .toList();
    }

    private Optional<Lesson> findKept(UUID id) {
        return database.query(() -> lessons.find(id))
                .filter(lesson -> !kept.of(List.of(lesson.courseId())).isEmpty());
    }

    private List<LessonList> withKept(List<LessonList> found, int first) {
        var empty = found.stream()
                .filter(list -> list.total() == 0)
                .map(LessonList::sectionId)
                .toList();
        if (empty.isEmpty() || Viewer.current().id() == null) {
            return found;
        }
        var courseIds = database.query(() -> lessons.coursesOfSections(empty));
        var opened = kept.of(courseIds);
        if (opened.isEmpty()) {
            return found;
        }
        var viewer = Viewer.current().keeping(opened);
        var more = list(empty, first, viewer).iterator();
        return found.stream()
                .map(list -> list.total() == 0 ? more.next() : list)
                .toList();
    }

    private List<LessonList> list(List<UUID> sectionIds, int first, Viewer viewer) {
        var bySection = database.query(() -> lessons.list(sectionIds, first, viewer)).stream()
                .collect(Collectors.groupingBy(listed -> listed.lesson().sectionId()));
        return sectionIds.stream()
                .map(sectionId -> {
                    var listed = bySection.getOrDefault(sectionId, List.of());
                    return new LessonList(
                            sectionId,
                            listed.stream().map(LessonRepository.Listed::lesson).toList(),
                            listed.isEmpty() ? 0 : listed.getFirst().total());
                })
                .toList();
    }
}
