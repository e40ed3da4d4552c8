package org.aula.courses.imports;

import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.aula.courses.media.CourseFile;
import org.aula.courses.media.FileVisibility;
import org.aula.courses.media.MediaStorage;
import org.aula.courses.olx.ImportedCourse;
import org.aula.courses.olx.MediaFile;
import org.aula.courses.olx.OlxArchive;
import org.aula.courses.olx.Placeholders;
import org.aula.kernel.operation.OperationRun;

/// Stores the media of a course that is being imported.
@Singleton
final class MediaUpload {

    private static final int MAX_FILE_NAME = 255;

    private final MediaStorage storage;

    MediaUpload(MediaStorage storage) {
        this.storage = storage;
    }

    /// Uploads every file that the course refers to.
    ///
    /// @param total units of the whole import, of which each file is one
    /// @return the assets by the files' names in the archive
    Map<String, UUID> upload(ImportedCourse course, OlxArchive archive, UUID courseId, OperationRun run, long total)
            throws InterruptedException {
        var shownToEveryone = shownToEveryone(course);
        var assets = new HashMap<String, UUID>();
        var done = 0;
        for (var media : course.media()) {
            if (media.sizeBytes() == 0) {
                run.issue(media.archivePath(), "", "the file is empty");
            } else {
                var forEveryone = shownToEveryone.contains(media.archivePath());
                var bytes = archive.file(media.archivePath()).orElseThrow().location();
                storage.store(bytes, file(media, forEveryone), courseId, run.ownerId())
                        .ifPresentOrElse(
                                id -> assets.put(media.archivePath(), id),
                                () -> run.issue(media.archivePath(), "", "the file is not what its name says"));
            }
            run.progress(++done, total);
        }
        return assets;
    }

    private static CourseFile file(MediaFile media, boolean forEveryone) {
        return new CourseFile(
                media.archivePath(),
                Texts.truncate(media.fileName(), MAX_FILE_NAME),
                media.contentType(),
                media.sizeBytes(),
                media.sha256(),
                forEveryone ? FileVisibility.PUBLIC : FileVisibility.COURSE,
                null);
    }

    /// The picture and what the description shows are seen in the catalog.
    private static Set<String> shownToEveryone(ImportedCourse course) {
        var paths = new HashSet<String>();
        var image = course.image();
        if (image != null) {
            paths.add(Placeholders.archivePath(image));
        }
        Placeholders.rewrite(course.overviewHtml(), address -> {
            if (Placeholders.isMedia(address)) {
                paths.add(Placeholders.archivePath(address));
            }
            return address;
        });
        return paths;
    }
}
