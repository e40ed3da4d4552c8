package org.aula.courses.media;

import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.aula.kernel.postgres.Database;

/// Stores files of a course that is being made, each noted in the journal before its bytes are sent.
@Singleton
public final class MediaStorage {

    private final ContentClient content;
    private final FileTransfer transfer;
    private final MediaJournalRepository journals;
    private final Database database;

    MediaStorage(ContentClient content, FileTransfer transfer, MediaJournalRepository journals, Database database) {
        this.content = content;
        this.transfer = transfer;
        this.journals = journals;
        this.database = database;
    }

    /// Begins the journal of a course, before its first file is stored.
    public void open(UUID courseId) {
        database.transact(() -> journals.insert(courseId));
    }

    /// @return the new asset; empty when the file is not what its media type says, and then its upload is
    ///     forgotten by itself
    public Optional<UUID> store(Path bytes, CourseFile file, UUID courseId, UUID ownerId) throws InterruptedException {
        var upload = content.announce(file, courseId, ownerId);
        database.transact(() -> journals.addAsset(courseId, upload.assetId()));
        transfer.upload(bytes, upload.address(), upload.headers());
        return content.complete(upload.assetId()) ? Optional.of(upload.assetId()) : Optional.empty();
    }

    /// Deletes all files that were announced for a course, and forgets that they were.
    public void rollback(UUID courseId) {
        database.query(() -> journals.assets(courseId)).forEach(content::delete);
        database.transact(() -> journals.delete(courseId));
    }
}
