package org.aula.courses.imports;

import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.aula.courses.olx.ImportedCourse;
import org.aula.courses.olx.MediaFile;
import org.aula.courses.olx.OlxArchive;
import org.aula.courses.olx.Placeholders;
import org.aula.kernel.operation.OperationRun;

/// Stores the media of a course that is being imported.
@Singleton
final class MediaUpload {

    private final ContentClient content;
    private final FileTransfer transfer;
    private final ImportJournalRepository journal;

    MediaUpload(ContentClient content, FileTransfer transfer, ImportJournalRepository journal) {
        this.content = content;
        this.transfer = transfer;
        this.journal = journal;
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
                var upload = content.announce(media, courseId, run.ownerId(), forEveryone);
                journal.addAsset(courseId, upload.assetId());
                if (store(media, archive, upload)) {
                    assets.put(media.archivePath(), upload.assetId());
                } else {
                    run.issue(media.archivePath(), "", "the file is not what its name says");
                }
            }
            run.progress(++done, total);
        }
        return assets;
    }

    /// Whether the file was taken; what is not what its name says is not, and its upload is
    /// forgotten by itself.
    private boolean store(MediaFile media, OlxArchive archive, ContentClient.Upload upload)
            throws InterruptedException {
        var file = archive.file(media.archivePath()).orElseThrow();
        transfer.upload(file.location(), upload.address(), upload.headers());
        return content.complete(upload.assetId());
    }

    /// The picture and what the description shows are seen in the catalogue.
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
