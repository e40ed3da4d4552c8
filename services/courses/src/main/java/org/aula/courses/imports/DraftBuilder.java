package org.aula.courses.imports;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.aula.courses.course.Course;
import org.aula.courses.course.CourseDetails;
import org.aula.courses.lesson.Lesson;
import org.aula.courses.lesson.LessonContent.Page;
import org.aula.courses.lesson.LessonContents;
import org.aula.courses.lesson.LessonType;
import org.aula.courses.olx.ImportedBlock;
import org.aula.courses.olx.ImportedCourse;
import org.aula.courses.olx.ImportedLesson;
import org.aula.courses.olx.ImportedPage;
import org.aula.courses.olx.ImportedSection;
import org.aula.courses.olx.Placeholders;
import org.aula.courses.section.Section;
import org.jspecify.annotations.Nullable;

/// Makes a draft of what was read from an archive: chapters become sections, sequentials lessons, verticals
/// pages; the problems of a sequential become a lesson with a quiz behind it.
final class DraftBuilder {

    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*");
    private static final int MAX_TITLE = 255;
    private static final int MAX_SHORT_DESCRIPTION = 500;
    private static final int MAX_PAGES = 200;

    private final ImportedCourse imported;
    private final UUID courseId;
    private final UUID ownerId;
    private final Map<String, UUID> assets;
    private final Instant now;
    private final Issues issues;
    private final Map<String, UUID> lessonIds = new HashMap<>();
    private final BlockConverter blocks;
    private final List<Section> sections = new ArrayList<>();
    private final List<Lesson> lessons = new ArrayList<>();
    private final Map<UUID, List<Page>> contents = new LinkedHashMap<>();
    private final List<DraftQuiz> quizzes = new ArrayList<>();
    private final QuizConverter quizMaker;

    /// @param assets content assets by the files' names in the archive
    /// @param issues told of what finds no place in a course of ours
    DraftBuilder(
            ImportedCourse imported,
            UUID courseId,
            UUID ownerId,
            Map<String, UUID> assets,
            Instant now,
            Issues issues) {
        this.imported = imported;
        this.courseId = courseId;
        this.ownerId = ownerId;
        this.assets = assets;
        this.now = now;
        this.issues = issues;
        imported.lessons().forEach(lesson -> lessonIds.put(lesson.sourceId(), UuidCreator.getTimeOrderedEpoch()));
        blocks = new BlockConverter(new Addresses(assets, lessonIds), issues);
        quizMaker = new QuizConverter(blocks, issues);
    }

    Draft make() {
        imported.sections().forEach(this::addSection);
        return new Draft(Course.draft(courseId, ownerId, details(), now), sections, lessons, contents, quizzes);
    }

    private CourseDetails details() {
        return CourseDetails.titled(title(imported.title(), "Untitled course"))
                .shortDescription(Texts.truncate(imported.shortDescription(), MAX_SHORT_DESCRIPTION))
                .fullDescription(blocks.html(imported.overviewHtml()))
                .languageCode(language(imported.language()))
                .thumbnailAssetId(thumbnail(imported.image()))
                .build();
    }

    private String language(@Nullable String code) {
        if (code == null) {
            return "en";
        }
        if (LANGUAGE.matcher(code).matches()) {
            return code;
        }
        issues.add("course.xml", "language " + code, "not a BCP 47 tag; English is assumed");
        return "en";
    }

    private @Nullable UUID thumbnail(@Nullable String image) {
        return image == null ? null : assets.get(Placeholders.archivePath(image));
    }

    private void addSection(ImportedSection section) {
        var id = UuidCreator.getTimeOrderedEpoch();
        sections.add(new Section(id, courseId, title(section.title(), "Section"), "", sections.size()));
        var sortOrder = 0;
        for (var lesson : section.lessons()) {
            sortOrder = addLesson(id, lesson, sortOrder);
        }
    }

    /// Where there is nothing but problems, their lesson takes the place of the sequential's.
    ///
    /// @return the place behind it
    private int addLesson(UUID sectionId, ImportedLesson lesson, int sortOrder) {
        var id = Objects.requireNonNull(lessonIds.get(lesson.sourceId()));
        var quizLessonId = lesson.pages().isEmpty() ? id : UuidCreator.getTimeOrderedEpoch();
        var quiz = lesson.quiz();
        var made = quiz == null ? List.<DraftQuiz>of() : quizMaker.quizzes(lesson, quiz, quizLessonId);
        var next = sortOrder;
        if (made.isEmpty() || !quizLessonId.equals(id)) {
            addPages(id, sectionId, lesson, next++);
        }
        if (!made.isEmpty()) {
            quizzes.addAll(made);
            lessons.add(lesson(quizLessonId, sectionId, lesson, LessonType.QUIZ, next++, Duration.ZERO));
        }
        return next;
    }

    private void addPages(UUID id, UUID sectionId, ImportedLesson lesson, int sortOrder) {
        var videos = lesson.pages().stream()
                .flatMap(page -> page.blocks().stream())
                .filter(ImportedBlock.Video.class::isInstance)
                .map(ImportedBlock.Video.class::cast)
                .toList();
        var count =
                lesson.pages().stream().mapToInt(page -> page.blocks().size()).sum();
        var type = videos.size() * 2 > count ? LessonType.VIDEO : LessonType.ARTICLE;
        lessons.add(lesson(id, sectionId, lesson, type, sortOrder, lengthOf(videos)));
        contents.put(id, fitting(lesson, pages(lesson)));
    }

    private Lesson lesson(
            UUID id, UUID sectionId, ImportedLesson lesson, LessonType type, int sortOrder, Duration duration) {
        var title = title(lesson.title(), "Lesson");
        return new Lesson(id, sectionId, courseId, title, type, sortOrder, duration, false, true, now);
    }

    /// The videos' lengths in whole seconds, as far as the archive knows them.
    private static Duration lengthOf(List<ImportedBlock.Video> videos) {
        return Duration.ofSeconds(videos.stream()
                .map(ImportedBlock.Video::duration)
                .filter(Objects::nonNull)
                .mapToLong(Duration::toSeconds)
                .sum());
    }

    /// The first pages that have room in a lesson.
    private List<Page> fitting(ImportedLesson lesson, List<Page> pages) {
        var fitting = pages;
        while (!LessonContents.fits(fitting)) {
            issues.add(lesson.sourceId(), fitting.getLast().id(), "a lesson has at most 2 MiB");
            fitting = fitting.subList(0, fitting.size() - 1);
        }
        return fitting;
    }

    private List<Page> pages(ImportedLesson lesson) {
        lesson.pages().stream()
                .skip(MAX_PAGES)
                .forEach(page ->
                        issues.add(lesson.sourceId(), page.sourceId(), "a lesson has at most " + MAX_PAGES + " pages"));
        return lesson.pages().stream().limit(MAX_PAGES).map(this::page).toList();
    }

    private Page page(ImportedPage page) {
        return new Page(Addresses.pageId(page.sourceId()), Texts.title(page.title(), MAX_TITLE), blocks.blocks(page));
    }

    private static String title(String title, String otherwise) {
        var clean = Texts.title(title, MAX_TITLE);
        return clean.isEmpty() ? otherwise : clean;
    }
}
