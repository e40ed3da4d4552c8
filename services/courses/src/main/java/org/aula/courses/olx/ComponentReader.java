package org.aula.courses.olx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Turns the components of a page into blocks.
final class ComponentReader {
    private final CourseFiles files;
    private final References references;
    private final MediaLibrary media;
    private final HtmlCleaner cleaner;
    private final VideoReader videos;
    private final SkipList skipped;

    ComponentReader(
            CourseFiles files, References references, MediaLibrary media, HtmlCleaner cleaner, SkipList skipped) {
        this.files = files;
        this.references = references;
        this.media = media;
        this.cleaner = cleaner;
        this.videos = new VideoReader(media, skipped);
        this.skipped = skipped;
    }

    List<ImportedBlock> read(Outline.Component component) {
        return switch (component.element().name()) {
            case "html" -> html(component);
            case "video" -> videos.read(component);
            case "pdf" -> pdf(component);
            default -> throw new IllegalStateException("no component: " + component.label());
        };
    }

    private List<ImportedBlock> html(Outline.Component component) {
        XmlNode.Element element = component.element();
        Optional<ArchiveFile> file = references.htmlFile(element);
        if (file.isEmpty() && element.isEmpty() && element.attribute("filename").isPresent()) {
            skipped.add(component.file(), component.label(), SkipReason.FILE_MISSING);
            return List.of();
        }
        String html = file.map(files::text).orElseGet(() -> XmlMarkup.inside(element));
        String holder = file.map(ArchiveFile::name).orElse(component.file());
        var blocks = new ArrayList<ImportedBlock>();
        for (HtmlCleaner.Piece piece : cleaner.clean(html, holder, component.label())) {
            String id = blocks.isEmpty() ? component.id() : component.id() + "-" + (blocks.size() + 1);
            blocks.add(
                    switch (piece) {
                        case HtmlCleaner.Piece.Markup(String clean) ->
                            new ImportedBlock.Html(id, component.title(), clean);
                        case HtmlCleaner.Piece.Frame(String url, String title) ->
                            new ImportedBlock.Embed(id, title, url);
                        case HtmlCleaner.Piece.YouTube(String youtubeId, String title) ->
                            new ImportedBlock.Video(id, title, youtubeId, List.of(), null, null, null, Map.of());
                    });
        }
        return blocks;
    }

    private List<ImportedBlock> pdf(Outline.Component component) {
        Optional<String> placeholder = component
                .element()
                .attribute("url")
                .flatMap(url -> media.placeholder(url, component.file(), component.label()));
        return placeholder
                .<List<ImportedBlock>>map(
                        found -> List.of(new ImportedBlock.Media(component.id(), component.title(), found)))
                .orElseGet(List::of);
    }
}
