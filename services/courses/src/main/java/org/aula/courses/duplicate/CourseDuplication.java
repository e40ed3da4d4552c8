package org.aula.courses.duplicate;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.aula.courses.course.Course;
import org.aula.courses.course.CourseAccess;
import org.aula.courses.course.CourseOperations;
import org.aula.courses.course.CourseRepository;
import org.aula.courses.course.PrerequisiteRepository;
import org.aula.courses.lesson.Lesson;
import org.aula.courses.lesson.LessonContents;
import org.aula.courses.lesson.LessonRepository;
import org.aula.courses.section.Section;
import org.aula.courses.section.SectionRepository;
import org.aula.courses.tag.Tag;
import org.aula.courses.tag.TagRepository;
import org.aula.kernel.operation.OperationRun;
import org.aula.kernel.operation.OperationWorker;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.time.Times;
import org.jdbi.v3.core.Handle;

/// Makes a draft out of another course: all rows in one transaction, so that the copy is of one moment; then
/// what each lesson teaches. A unit of progress is a lesson.
///
/// A run that ends early is taken back as a whole, whether by a refusal, by its owner or by a crash.
@Singleton
final class CourseDuplication implements OperationWorker {

    private final CourseRepository courses;
    private final SectionRepository sections;
    private final LessonRepository lessons;
    private final TagRepository tags;
    private final PrerequisiteRepository prerequisites;
    private final LessonContents contents;
    private final Transactions transactions;
    private final Clock clock;

    CourseDuplication(
            CourseRepository courses,
            SectionRepository sections,
            LessonRepository lessons,
            TagRepository tags,
            PrerequisiteRepository prerequisites,
            LessonContents contents,
            Transactions transactions,
            Clock clock) {
        this.courses = courses;
        this.sections = sections;
        this.lessons = lessons;
        this.tags = tags;
        this.prerequisites = prerequisites;
        this.contents = contents;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return CourseOperations.DUPLICATE;
    }

    @Override
    public void run(OperationRun run) {
        var copyId = UuidCreator.getTimeOrderedEpoch();
        run.making(copyId);
        var wish = DuplicationProtos.wish(run.input());
        var copies = new Copies();
        var originals = transactions.write(handle -> copyRows(handle, wish, copyId, run.ownerId(), copies));
        var done = 0;
        for (var original : originals) {
            var pages = contents.newest(original.id()).pages();
            if (!pages.isEmpty()) {
                contents.writeFirst(copies.of(original.id()), run.ownerId(), copies.pages(pages), Times.now(clock));
            }
            run.progress(++done, originals.size());
        }
    }

    @Override
    public void undo(OperationRun run) {
        var copyId = run.resourceId();
        if (copyId == null) {
            return;
        }
        contents.delete(transactions.read(handle -> lessons.idsOf(handle, copyId)));
        transactions.writeVoid(handle -> courses.delete(handle, copyId));
    }

    /// @return the lessons that were copied
    private List<Lesson> copyRows(
            Handle handle, DuplicationProtos.Wish wish, UUID copyId, UUID ownerId, Copies copies) {
        var now = Times.now(clock);
        var original = courses.find(handle, wish.courseId()).orElseThrow(CourseAccess::notFound);
        var outline = sections.ofCourse(handle, original.id());
        var taught = lessons.ofCourse(handle, original.id());
        taught.forEach(lesson -> copies.of(lesson.id()));
        courses.insert(handle, copy(original, wish.title(), copyId, ownerId, copies, now));
        sections.insert(
                handle,
                outline.stream().map(section -> copy(section, copyId, copies)).toList());
        lessons.insert(
                handle,
                taught.stream().map(lesson -> copy(lesson, copyId, copies, now)).toList());
        contents.announceFirst(
                handle, taught.stream().map(lesson -> copies.of(lesson.id())).toList(), now);
        lessons.addPrerequisites(
                handle,
                taught.stream()
                        .flatMap(lesson -> lesson.prerequisiteIds().stream()
                                .map(before -> Map.entry(copies.of(lesson.id()), copies.of(before))))
                        .toList());
        tags.set(handle, copyId, original.tags().stream().map(Tag::id).toList());
        prerequisites.set(handle, copyId, original.prerequisiteIds());
        return taught;
    }

    private static Course copy(Course original, String title, UUID copyId, UUID ownerId, Copies copies, Instant now) {
        var details = original.details()
                .described(
                        title.isEmpty() ? original.details().title() : title,
                        copies.html(original.details().fullDescription()));
        return Course.draft(copyId, ownerId, details, now);
    }

    private static Section copy(Section original, UUID courseId, Copies copies) {
        return new Section(
                copies.of(original.id()), courseId, original.title(), original.description(), original.sortOrder());
    }

    private static Lesson copy(Lesson original, UUID courseId, Copies copies, Instant now) {
        return new Lesson(
                copies.of(original.id()),
                copies.of(original.sectionId()),
                courseId,
                original.title(),
                original.type(),
                original.sortOrder(),
                original.duration(),
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
