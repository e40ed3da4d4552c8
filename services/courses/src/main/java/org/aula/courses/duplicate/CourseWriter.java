package org.aula.courses.duplicate;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.aula.courses.category.CategoryService;
import org.aula.courses.course.Course;
import org.aula.courses.course.CourseDetailsBuilder;
import org.aula.courses.course.CourseEvents;
import org.aula.courses.course.CourseRepository;
import org.aula.courses.course.CourseService;
import org.aula.courses.course.PrerequisiteRepository;
import org.aula.courses.lesson.Lesson;
import org.aula.courses.lesson.LessonContent.Page;
import org.aula.courses.lesson.LessonContents;
import org.aula.courses.lesson.LessonRepository;
import org.aula.courses.section.Section;
import org.aula.courses.section.SectionRepository;
import org.aula.courses.tag.Tag;
import org.aula.courses.tag.TagService;
import org.aula.kernel.events.Outbox;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.time.Times;

/// Writes a course that is like another one as a draft: all rows in one transaction, then what each lesson
/// teaches.
@Singleton
public final class CourseWriter {

    /// The draft to be made.
    ///
    /// @param copies which of its parts stands for which of the course that it is like
    public record Draft(UUID id, UUID ownerId, IdMapping copies) {}

    private final CourseRepository courses;
    private final CourseService courseService;
    private final CategoryService categories;
    private final SectionRepository sections;
    private final LessonRepository lessons;
    private final TagService tags;
    private final PrerequisiteRepository prerequisites;
    private final LessonContents contents;
    private final Outbox outbox;
    private final Database database;
    private final Clock clock;

    CourseWriter(
            CourseRepository courses,
            CourseService courseService,
            CategoryService categories,
            SectionRepository sections,
            LessonRepository lessons,
            TagService tags,
            PrerequisiteRepository prerequisites,
            LessonContents contents,
            Outbox outbox,
            Database database,
            Clock clock) {
        this.courses = courses;
        this.courseService = courseService;
        this.categories = categories;
        this.sections = sections;
        this.lessons = lessons;
        this.tags = tags;
        this.prerequisites = prerequisites;
        this.contents = contents;
        this.outbox = outbox;
        this.database = database;
        this.clock = clock;
    }

    /// Writes all but what the lessons teach; [#writeContent] follows for each of them.
    ///
    /// @param written lessons of the course that it is like for which there is content
    /// @param missing told of tags, of the category and of courses to complete before that are not here
    public void write(CourseSnapshot course, Draft draft, Collection<UUID> written, Consumer<String> missing) {
        database.transact(() -> {
            var now = Times.now(clock);
            var copies = draft.copies();
            insertCourse(course, draft, now, missing);
            sections.insert(course.sections().stream()
                    .map(section -> copy(section, draft))
                    .toList());
            lessons.insert(course.lessons().stream()
                    .map(lesson -> copy(lesson, draft, now))
                    .toList());
            contents.announceFirst(written.stream().map(copies::of).toList(), now);
            lessons.addPrerequisites(course.lessons().stream()
                    .flatMap(lesson -> lesson.prerequisiteIds().stream()
                            .map(before -> Map.entry(copies.of(lesson.id()), copies.of(before))))
                    .toList());
        });
    }

    /// Writes what a lesson teaches.
    ///
    /// @param lessonId of the course that it is like
    public void writeContent(Draft draft, UUID lessonId, List<Page> pages) {
        contents.writeFirst(
                draft.copies().of(lessonId), draft.ownerId(), draft.copies().pages(pages), Times.now(clock));
    }

    /// Takes everything back. Other services, which may have made something for it, are told that it is
    /// gone.
    public void rollback(UUID courseId) {
        contents.delete(database.query(() -> lessons.idsOf(courseId)));
        database.transact(() -> {
            if (courses.delete(courseId) > 0) {
                outbox.append(CourseEvents.deleted(courseId));
            }
        });
    }

    private void insertCourse(CourseSnapshot course, Draft draft, Instant now, Consumer<String> missing) {
        var copies = draft.copies();
        var details = course.details();
        var thumbnail = details.thumbnailAssetId();
        var category = details.categoryId();
        if (category != null && !categories.exists(category)) {
            missing.accept("category " + category);
            category = null;
        }
        courseService.insert(Course.draft(
                draft.id(),
                draft.ownerId(),
                CourseDetailsBuilder.builder(details)
                        .fullDescription(copies.html(details.fullDescription()))
                        .categoryId(category)
                        .thumbnailAssetId(thumbnail == null ? null : copies.asset(thumbnail))
                        .build(),
                now));
        var known = tags.findByNames(course.tagNames());
        tellMissing(course, known, missing);
        tags.assign(draft.id(), known.stream().map(Tag::id).toList());
        prerequisites.set(draft.id(), visible(course.prerequisiteIds(), draft.ownerId(), missing));
    }

    private static void tellMissing(CourseSnapshot course, List<Tag> known, Consumer<String> missing) {
        var names =
                known.stream().map(tag -> tag.name().toLowerCase(Locale.ROOT)).toList();
        course.tagNames().stream()
                .filter(name -> !names.contains(name.toLowerCase(Locale.ROOT)))
                .forEach(name -> missing.accept("tag " + name));
    }

    /// Those that the owner may know of.
    private List<UUID> visible(List<UUID> courseIds, UUID ownerId, Consumer<String> missing) {
        var found = courses.findAll(courseIds).stream()
                .filter(course -> course.wasPublished() || course.instructorId().equals(ownerId))
                .map(Course::id)
                .toList();
        courseIds.stream().filter(id -> !found.contains(id)).forEach(id -> missing.accept("course " + id));
        return found;
    }

    private static Section copy(Section original, Draft draft) {
        return new Section(
                draft.copies().of(original.id()),
                draft.id(),
                original.title(),
                original.description(),
                original.sortOrder());
    }

    private static Lesson copy(Lesson original, Draft draft, Instant now) {
        return new Lesson(
                draft.copies().of(original.id()),
                draft.copies().of(original.sectionId()),
                draft.id(),
                original.title(),
                original.type(),
                original.sortOrder(),
                original.durationSeconds(),
                original.preview(),
                original.mandatory(),
                original.externalUrl(),
                original.liveAt(),
                original.releaseAt(),
                List.of(),
                now,
                1);
    }
}
