package org.aula.courses.olx;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Reads course → chapter → sequential → vertical → component. Where a level is left out, the child gets a
/// parent of its own name; where one is nested in its like, its children are taken into the outer one.
final class StructureReader {
    private final CourseFiles files;
    private final SkipList skipped;
    private final References references;
    private final BooleanSupplier cancelled;
    private CoursePolicy policy = CoursePolicy.empty();

    StructureReader(CourseFiles files, References references, SkipList skipped, BooleanSupplier cancelled) {
        this.files = files;
        this.references = references;
        this.skipped = skipped;
        this.cancelled = cancelled;
    }

    /// @throws InvalidCourseException when there is no course to read
    Outline read() {
        XmlNode.Element pointer = courseElement("course.xml");
        String run = pointer.attribute("url_name").orElse("");
        String file = files.root() + "course.xml";
        XmlNode.Element course = pointer;
        if (pointer.elements().findAny().isEmpty() && !run.isEmpty()) {
            String path = CourseFiles.path("course", run, ".xml");
            course = courseElement(path).withDefaults(pointer.attributes());
            file = files.root() + path;
        }
        policy = CoursePolicy.read(files, run, skipped);
        var sections = new ArrayList<Outline.Section>();
        var definition = new References.Definition(course, file, run);
        references.within(definition, () -> readSections(definition, sections));
        return new Outline(course, file, run, sourceId(course, run), policy, sections);
    }

    private XmlNode.Element courseElement(String path) {
        String name = files.root() + path;
        ArchiveFile file =
                files.find(path).orElseThrow(() -> new InvalidCourseException(RefusalReason.COURSE_XML_MISSING, name));
        try {
            XmlNode.Element element = files.xml(file);
            if (!element.name().equals("course")) {
                throw new InvalidCourseException(RefusalReason.NOT_A_COURSE, name);
            }
            return element;
        } catch (XmlReader.MalformedXmlException e) {
            throw new InvalidCourseException(RefusalReason.COURSE_XML_MALFORMED, name);
        }
    }

    private static String sourceId(XmlNode.Element course, String run) {
        var parts = new ArrayList<String>();
        course.attribute("org").ifPresent(parts::add);
        course.attribute("course").ifPresent(parts::add);
        if (!run.isEmpty()) {
            parts.add(run);
        }
        return String.join("+", parts);
    }

    private void readSections(References.Definition course, List<Outline.Section> sections) {
        course.element().elements().forEach(child -> {
            switch (ElementKind.of(child.name())) {
                case CHAPTER ->
                    enter(child, course, chapter -> {
                        var lessons = new ArrayList<Outline.Lesson>();
                        readLessons(chapter, lessons);
                        sections.add(new Outline.Section(chapter.id(), title(chapter), lessons));
                    });
                case SEQUENTIAL ->
                    enter(child, course, sequential -> {
                        Outline.Lesson lesson = lesson(sequential);
                        sections.add(new Outline.Section(lesson.id(), lesson.title(), List.of(lesson)));
                    });
                case VERTICAL, COMPONENT -> references.skip(child, course.file(), SkipReason.MISPLACED);
                case UNSUPPORTED -> references.skip(child, course.file(), SkipReason.KIND_NOT_SUPPORTED);
                case UNKNOWN -> references.skip(child, course.file(), SkipReason.KIND_UNKNOWN);
            }
        });
    }

    private void readLessons(References.Definition chapter, List<Outline.Lesson> lessons) {
        chapter.element().elements().forEach(child -> {
            switch (ElementKind.of(child.name())) {
                case CHAPTER -> enter(child, chapter, inner -> readLessons(inner, lessons));
                case SEQUENTIAL -> enter(child, chapter, sequential -> lessons.add(lesson(sequential)));
                case VERTICAL ->
                    enter(child, chapter, vertical -> {
                        Outline.Page page = page(vertical);
                        lessons.add(new Outline.Lesson(page.id(), page.title(), List.of(page), vertical.element()));
                    });
                case COMPONENT -> {
                    Outline.Page page = pageOf(child, chapter);
                    if (!page.components().isEmpty()) {
                        lessons.add(new Outline.Lesson(page.id(), page.title(), List.of(page), child));
                    }
                }
                case UNSUPPORTED -> references.skip(child, chapter.file(), SkipReason.KIND_NOT_SUPPORTED);
                case UNKNOWN -> references.skip(child, chapter.file(), SkipReason.KIND_UNKNOWN);
            }
        });
    }

    private Outline.Lesson lesson(References.Definition sequential) {
        var pages = new ArrayList<Outline.Page>();
        readPages(sequential, pages);
        return new Outline.Lesson(sequential.id(), title(sequential), pages, sequential.element());
    }

    private void readPages(References.Definition sequential, List<Outline.Page> pages) {
        sequential.element().elements().forEach(child -> {
            switch (ElementKind.of(child.name())) {
                case CHAPTER -> enter(child, sequential, inner -> readPages(inner, pages));
                case SEQUENTIAL -> enter(child, sequential, inner -> readPages(inner, pages));
                case VERTICAL -> enter(child, sequential, vertical -> pages.add(page(vertical)));
                case COMPONENT -> {
                    Outline.Page page = pageOf(child, sequential);
                    if (!page.components().isEmpty()) {
                        pages.add(page);
                    }
                }
                case UNSUPPORTED -> references.skip(child, sequential.file(), SkipReason.KIND_NOT_SUPPORTED);
                case UNKNOWN -> references.skip(child, sequential.file(), SkipReason.KIND_UNKNOWN);
            }
        });
    }

    private Outline.Page page(References.Definition vertical) {
        var components = new ArrayList<Outline.Component>();
        var ids = new LinkedHashSet<String>();
        readComponents(vertical, components, ids);
        return new Outline.Page(vertical.id(), title(vertical), components, ids);
    }

    /// A page for a component that stands where a vertical is expected.
    private Outline.Page pageOf(XmlNode.Element reference, References.Definition parent) {
        var components = new ArrayList<Outline.Component>();
        readComponent(reference, parent, components);
        String id = components.isEmpty() ? "" : components.getFirst().id();
        String title = components.isEmpty() ? "" : components.getFirst().title();
        return new Outline.Page(id, title.isEmpty() ? readable(id) : title, components, Set.of());
    }

    private void readComponents(References.Definition vertical, List<Outline.Component> components, Set<String> ids) {
        vertical.element().elements().forEach(child -> {
            child.attribute("url_name").ifPresent(ids::add);
            switch (ElementKind.of(child.name())) {
                case CHAPTER, SEQUENTIAL, VERTICAL ->
                    enter(child, vertical, inner -> readComponents(inner, components, ids));
                case COMPONENT -> readComponent(child, vertical, components);
                case UNSUPPORTED -> references.skip(child, vertical.file(), SkipReason.KIND_NOT_SUPPORTED);
                case UNKNOWN -> references.skip(child, vertical.file(), SkipReason.KIND_UNKNOWN);
            }
        });
    }

    private void readComponent(
            XmlNode.Element reference, References.Definition parent, List<Outline.Component> components) {
        enter(reference, parent, definition -> {
            String title = displayName(definition).orElse("");
            components.add(new Outline.Component(definition.element(), definition.file(), definition.id(), title));
        });
    }

    private void enter(XmlNode.Element reference, References.Definition parent, Consumer<References.Definition> read) {
        if (cancelled.getAsBoolean()) {
            throw new CancellationException("reading cancelled");
        }
        if (isStaffOnly(reference)) {
            references.skip(reference, parent.file(), SkipReason.STAFF_ONLY);
            return;
        }
        references.follow(reference, parent.file()).ifPresent(definition -> {
            if (isStaffOnly(definition.element())) {
                references.skip(definition, SkipReason.STAFF_ONLY);
                return;
            }
            definition
                    .element()
                    .attribute("group_access")
                    .filter(access -> !access.equals("{}"))
                    .ifPresent(access ->
                            skipped.add(definition.file(), definition.label(), SkipReason.RESTRICTION_DROPPED));
            references.within(definition, () -> read.accept(definition));
        });
    }

    private static boolean isStaffOnly(XmlNode.Element element) {
        return element.attribute("visible_to_staff_only")
                .filter("true"::equalsIgnoreCase)
                .isPresent();
    }

    private String title(References.Definition definition) {
        return displayName(definition).orElseGet(() -> readable(definition.id()));
    }

    private Optional<String> displayName(References.Definition definition) {
        return definition
                .element()
                .attribute("display_name")
                .or(() -> policy.attribute(definition.element().name(), definition.id(), "display_name"));
    }

    private static String readable(String id) {
        return id.replace('_', ' ').strip();
    }
}
