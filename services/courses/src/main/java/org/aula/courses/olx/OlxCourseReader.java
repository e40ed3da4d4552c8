package org.aula.courses.olx;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;

/// Reads the course out of an unpacked archive.
public final class OlxCourseReader {
    private static final Set<String> STRUCTURE_FOLDERS =
            Set.of("chapter", "sequential", "vertical", "html", "video", "problem", "course");

    private final CourseFiles files;
    private final Limits limits;
    private final BooleanSupplier cancelled;
    private final SkipList skipped = new SkipList();
    private final References references;
    private final MediaLibrary media;

    private OlxCourseReader(OlxArchive archive, Limits limits, BooleanSupplier cancelled) {
        this.limits = limits;
        this.cancelled = cancelled;
        files = new CourseFiles(archive, limits);
        references = new References(files, limits, skipped);
        media = new MediaLibrary(files, skipped);
    }

    /// Reads everything into memory; media stay in the archive's folder.
    ///
    /// @throws InvalidCourseException when the archive holds no course
    /// @throws UnsafeArchiveException when an XML file is unsafe
    /// @throws CancellationException when `cancelled` became true
    /// @throws java.io.UncheckedIOException when a stored file cannot be read
    public static ImportedCourse read(OlxArchive archive, Limits limits, BooleanSupplier cancelled) {
        return new OlxCourseReader(archive, limits, cancelled).read();
    }

    private ImportedCourse read() {
        Outline outline = new StructureReader(files, references, skipped, cancelled).read();
        var links = new LinkResolver(media, outline.targets(), skipped);
        var cleaner = new HtmlCleaner(links, skipped, limits);
        var components = new ComponentReader(files, references, media, cleaner, skipped);
        var quizzes = new QuizReader(outline, new ProblemReader(cleaner, skipped));
        List<ImportedSection> sections = outline.sections().stream()
                .map(section -> section(section, components, quizzes))
                .toList();
        String title = title(outline);
        String shortDescription =
                Jsoup.parse(files.textOrEmpty("about/short_description.html")).text();
        String overview = overview(cleaner);
        String image = image(outline);
        listUnused();
        return new ImportedCourse(
                outline.sourceId(),
                title,
                attribute(outline, "language").orElse(null),
                shortDescription,
                overview,
                image,
                sections,
                media.used(),
                skipped.toList());
    }

    private ImportedSection section(Outline.Section section, ComponentReader components, QuizReader quizzes) {
        return new ImportedSection(
                section.id(),
                section.title(),
                section.lessons().stream()
                        .map(lesson -> lesson(lesson, components, quizzes))
                        .toList());
    }

    /// Problems stand behind the pages; a page that had nothing else is left out.
    private ImportedLesson lesson(Outline.Lesson lesson, ComponentReader components, QuizReader quizzes) {
        Optional<ImportedQuiz> quiz = quizzes.read(lesson);
        return new ImportedLesson(
                lesson.id(),
                lesson.title(),
                lesson.pages().stream()
                        .filter(page -> quiz.isEmpty() || !page.hasOnlyProblems())
                        .map(page -> page(page, components))
                        .toList(),
                quiz.orElse(null));
    }

    private ImportedPage page(Outline.Page page, ComponentReader components) {
        if (cancelled.getAsBoolean()) {
            throw new CancellationException("reading cancelled");
        }
        return new ImportedPage(
                page.id(),
                page.title(),
                page.components().stream()
                        .filter(component -> !component.isProblem())
                        .flatMap(component -> components.read(component).stream())
                        .toList());
    }

    private Optional<String> attribute(Outline outline, String name) {
        return outline.course().attribute(name).or(() -> outline.policy().attribute("course", outline.run(), name));
    }

    private String title(Outline outline) {
        String aboutTitle = Jsoup.parse(files.textOrEmpty("about/title.html")).text();
        return attribute(outline, "display_name")
                .or(() -> Optional.of(aboutTitle).filter(text -> !text.isBlank()))
                .or(() -> Optional.of(outline.sourceId()).filter(text -> !text.isBlank()))
                .orElse("Untitled course");
    }

    private String overview(HtmlCleaner cleaner) {
        for (String path : List.of("about/overview.html", "about/description.html")) {
            Optional<ArchiveFile> file = files.find(path);
            String html = file.map(files::text).orElse("");
            if (file.isPresent() && !html.isBlank()) {
                return overviewMarkup(
                        cleaner.clean(html, file.get().name(), "overview"),
                        file.get().name());
            }
        }
        return "";
    }

    /// An overview is one text: it has no place for frames and videos.
    private String overviewMarkup(List<HtmlCleaner.Piece> pieces, String file) {
        var markup = new StringBuilder();
        for (HtmlCleaner.Piece piece : pieces) {
            switch (piece) {
                case HtmlCleaner.Piece.Markup(String html) -> markup.append(html);
                case HtmlCleaner.Piece.Frame(String url, String title) ->
                    skipped.add(file, "iframe: " + url, SkipReason.MISPLACED);
                case HtmlCleaner.Piece.YouTube(String id, String title) ->
                    skipped.add(file, "iframe: YouTube " + id, SkipReason.MISPLACED);
            }
        }
        return markup.toString();
    }

    /// Exports are seen whose course names a picture that is gone while the policy names the right one.
    private @Nullable String image(Outline outline) {
        Optional<String> ofCourse = outline.course().attribute("course_image");
        Optional<String> ofPolicy = outline.policy().attribute("course", outline.run(), "course_image");
        return ofCourse.flatMap(name -> media.placeholder(name, outline.file(), "course_image"))
                .or(() -> ofPolicy.filter(name -> !ofCourse.equals(Optional.of(name)))
                        .flatMap(name -> media.placeholder(name, outline.file(), "course_image of the policy")))
                .orElse(null);
    }

    private void listUnused() {
        for (ArchiveFile file : files.unaccounted()) {
            skipped.add(file.name(), "", unusedReason(file.name()));
        }
    }

    private SkipReason unusedReason(String name) {
        if (!name.startsWith(files.root())) {
            return SkipReason.NOT_COURSE_CONTENT;
        }
        String path = name.substring(files.root().length());
        String folder = path.contains("/") ? path.substring(0, path.indexOf('/')) : "";
        return switch (folder) {
            case "drafts" -> SkipReason.DRAFT;
            case "static" -> MediaLibrary.isActive(name) ? SkipReason.ACTIVE_CONTENT : SkipReason.MEDIA_NOT_REFERENCED;
            default ->
                STRUCTURE_FOLDERS.contains(folder) || ElementKind.of(folder) == ElementKind.UNSUPPORTED
                        ? SkipReason.NOT_REFERENCED
                        : SkipReason.NOT_COURSE_CONTENT;
        };
    }
}
