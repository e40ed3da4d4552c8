package org.aula.courses.olx;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Follows `url_name` to the file that defines an element. Each file is taken once, at the first place that
/// refers to it; so the work is bounded by the archive, however its files refer to each other.
final class References {
    /// @param file the file that holds the element
    record Definition(XmlNode.Element element, String file, String id) {
        String label() {
            return Outline.label(
                    element.name(), element.attribute("display_name").orElse(id));
        }
    }

    private final CourseFiles files;
    private final Limits limits;
    private final SkipList skipped;
    private final Deque<String> path = new ArrayDeque<>();
    private final Set<String> taken = new HashSet<>();
    private final Set<String> ids = new HashSet<>();
    private final Map<String, Integer> suffixes = new HashMap<>();

    References(CourseFiles files, Limits limits, SkipList skipped) {
        this.files = files;
        this.limits = limits;
        this.skipped = skipped;
    }

    /// Empty when the reference leads nowhere, which is then listed.
    ///
    /// @param file the file in which the reference stands
    /// @throws InvalidCourseException with CYCLIC_REFERENCE
    Optional<Definition> follow(XmlNode.Element reference, String file) {
        String urlName = reference.attribute("url_name").orElse("");
        if (urlName.isEmpty() || !reference.isEmpty()) {
            return Optional.of(new Definition(reference, file, uniqueId(reference.name(), urlName)));
        }
        Optional<ArchiveFile> target = files.find(CourseFiles.path(reference.name(), urlName, ".xml"));
        if (target.isEmpty()) {
            return withoutFile(reference, file, urlName);
        }
        String name = target.get().name();
        if (path.contains(name)) {
            throw new InvalidCourseException(RefusalReason.CYCLIC_REFERENCE, name);
        }
        if (!taken.add(name)) {
            skipped.add(file, Outline.label(reference.name(), urlName), SkipReason.DUPLICATE_REFERENCE);
            return Optional.empty();
        }
        try {
            XmlNode.Element element = files.xml(target.get()).withDefaults(reference.attributes());
            return Optional.of(new Definition(element, name, uniqueId(reference.name(), urlName)));
        } catch (XmlReader.MalformedXmlException e) {
            skipped.add(name, Outline.label(reference.name(), urlName) + ": " + e.position(), SkipReason.MALFORMED);
            return Optional.empty();
        }
    }

    private Optional<Definition> withoutFile(XmlNode.Element reference, String file, String urlName) {
        boolean pointsToHtml = reference.name().equals("html")
                && reference.attribute("filename").isEmpty()
                && files.find(CourseFiles.path("html", urlName, ".html")).isPresent();
        if (pointsToHtml) {
            XmlNode.Element element = reference.withDefaults(Map.of("filename", urlName));
            return Optional.of(new Definition(element, file, uniqueId("html", urlName)));
        }
        if (reference.attributes().size() == 1) {
            skipped.add(file, Outline.label(reference.name(), urlName), SkipReason.FILE_MISSING);
            return Optional.empty();
        }
        return Optional.of(new Definition(reference, file, uniqueId(reference.name(), urlName)));
    }

    /// Runs what reads the children of a definition, so that a child that leads back to it is noticed.
    void within(Definition definition, Runnable children) {
        if (path.size() >= limits.maxReferenceDepth()) {
            throw new InvalidCourseException(RefusalReason.REFERENCES_TOO_DEEP, definition.file());
        }
        path.push(definition.file());
        children.run();
        path.pop();
    }

    /// Lists an element that is not imported and every file that only it refers to.
    void skip(XmlNode.Element reference, String file, SkipReason reason) {
        var pending = new ArrayDeque<Skip>();
        pending.add(new Skip(reference, file));
        skipAll(pending, reason);
    }

    /// The same for an element that was already followed.
    void skip(Definition definition, SkipReason reason) {
        var pending = new ArrayDeque<Skip>();
        skipOne(definition.element(), definition.file(), reason, pending);
        skipAll(pending, reason);
    }

    private record Skip(XmlNode.Element reference, String file) {}

    private void skipAll(Deque<Skip> pending, SkipReason reason) {
        while (!pending.isEmpty()) {
            Skip next = pending.remove();
            XmlNode.Element reference = next.reference();
            Optional<ArchiveFile> target = reference.isEmpty()
                    ? reference
                            .attribute("url_name")
                            .flatMap(name -> files.find(CourseFiles.path(reference.name(), name, ".xml")))
                    : Optional.empty();
            if (target.isEmpty()) {
                skipOne(reference, next.file(), reason, pending);
            } else if (taken.add(target.get().name())) {
                skipOne(definition(target.get(), reference), target.get().name(), reason, pending);
            }
        }
    }

    private void skipOne(XmlNode.Element element, String file, SkipReason reason, Deque<Skip> pending) {
        String name = element.attribute("display_name")
                .or(() -> element.attribute("url_name"))
                .orElse("");
        skipped.add(file, Outline.label(element.name(), name), reason);
        htmlFile(element).ifPresent(html -> files.account(html.name()));
        if (ElementKind.isContainer(element.name())) {
            element.elements()
                    .filter(child -> child.attribute("url_name").isPresent())
                    .forEach(child -> pending.add(new Skip(child, file)));
        }
    }

    /// The `.html` file of an html component.
    Optional<ArchiveFile> htmlFile(XmlNode.Element element) {
        return element.attribute("filename")
                .filter(name -> element.name().equals("html"))
                .flatMap(name ->
                        files.find(CourseFiles.path("html", name, ".html")).or(() -> files.find("html/" + name)));
    }

    private XmlNode.Element definition(ArchiveFile file, XmlNode.Element reference) {
        try {
            return files.xml(file).withDefaults(reference.attributes());
        } catch (XmlReader.MalformedXmlException e) {
            skipped.add(file.name(), e.position(), SkipReason.MALFORMED);
            return reference;
        }
    }

    private String uniqueId(String tag, String urlName) {
        String wanted = urlName.isEmpty() ? tag : urlName;
        String id = wanted;
        while (!ids.add(id)) {
            id = wanted + "-" + suffixes.merge(wanted, 1, Integer::sum);
        }
        return id;
    }
}
