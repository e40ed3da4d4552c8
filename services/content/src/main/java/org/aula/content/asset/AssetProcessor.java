package org.aula.content.asset;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.aula.content.file.FileMetadata;
import org.aula.content.file.FileType;
import org.aula.content.file.FileWork;
import org.aula.content.file.UnprocessableFileException;
import org.aula.content.file.WorkBudget;
import org.aula.kernel.error.ErrorMapping;
import org.aula.kernel.events.Outbox;
import org.aula.kernel.postgres.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Works on one file and keeps what came of it: objects first, then the document, the event and the end of
/// the work together. Everything may be repeated; whoever lost the lease keeps nothing.
@Singleton
final class AssetProcessor {

    static final int MAX_ATTEMPTS = 3;

    private static final Duration MAX_DURATION = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(AssetProcessor.class);

    private final AssetStore assets;
    private final FileRepository files;
    private final ObjectStore objects;
    private final Deletions deletions;
    private final Transactions transactions;
    private final Outbox outbox;
    private final Clock clock;

    AssetProcessor(
            AssetStore assets,
            FileRepository files,
            ObjectStore objects,
            Deletions deletions,
            Transactions transactions,
            Outbox outbox,
            Clock clock) {
        this.assets = assets;
        this.files = files;
        this.objects = objects;
        this.deletions = deletions;
        this.transactions = transactions;
        this.outbox = outbox;
        this.clock = clock;
    }

    /// Does what is to be done. A store that is away is tried again for ever, anything else three times.
    void run(FileRepository.Work work) {
        try {
            switch (work.state()) {
                case DELETING -> deletions.carryOut(work);
                case READY -> assets.find(work.id()).ifPresentOrElse(asset -> process(work, asset), () -> end(work));
                case PENDING, FAILED -> end(work);
            }
        } catch (RuntimeException failure) {
            var passing = ErrorMapping.isPassing(failure);
            LOG.warn("work on {} comes again later: {}", work.id(), failure.toString());
            transactions.writeVoid(handle -> files.giveBack(
                    handle, work, clock.instant().plus(PAUSE), !passing && work.state() == FileRepository.State.READY));
        }
    }

    private void process(FileRepository.Work work, Asset asset) {
        var bytes = new StoredBytes(objects, work.objectKey(), asset.sizeBytes());
        var type = FileType.of(bytes, asset.mediaType());
        if (!FileWork.isWorthIt(type)) {
            keep(work, AssetDetails.of(type.kind(), AssetDetails.Processing.NONE, ""));
            return;
        }
        try {
            if (work.attempts() > MAX_ATTEMPTS) {
                throw new UnprocessableFileException("the work on it was cut off again and again");
            }
            objects.deleteAll(DerivedObjects.folder(work.objectKey()));
            keep(work, made(work, type, find(type, bytes, work)));
        } catch (UnprocessableFileException unworkable) {
            LOG.info("asset {} cannot be worked on: {}", work.id(), unworkable.getMessage());
            objects.deleteAll(DerivedObjects.folder(work.objectKey()));
            keep(work, AssetDetails.of(type.kind(), AssetDetails.Processing.FAILED, reason(unworkable)));
        }
    }

    /// What a reader stumbles over is the file's fault, unless a store is away.
    private FileMetadata find(FileType type, StoredBytes bytes, FileRepository.Work work) {
        try {
            return FileWork.run(
                    type,
                    bytes,
                    (path, content) -> objects.put(
                            DerivedObjects.packageFile(work.objectKey(), path), content, MediaTypes.of(path)),
                    new WorkBudget(MAX_DURATION));
        } catch (StackOverflowError deep) {
            throw new UnprocessableFileException("its parts are nested too deeply", deep);
        } catch (UnprocessableFileException told) {
            var away = passingCause(told);
            if (away.isPresent()) {
                throw away.get();
            }
            throw told;
        }
    }

    /// Some readers wrap whatever fails below them, so that a store that is away looks like a broken file.
    private static Optional<RuntimeException> passingCause(Throwable failure) {
        for (var cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof RuntimeException runtime && ErrorMapping.isPassing(runtime)) {
                return Optional.of(runtime);
            }
        }
        return Optional.empty();
    }

    private AssetDetails made(FileRepository.Work work, FileType type, FileMetadata found) {
        for (var picture : found.pictures()) {
            objects.put(DerivedObjects.picture(work.objectKey(), picture.name()), picture.bytes(), picture.mediaType());
        }
        var text = found.text() == null ? new byte[0] : found.text().getBytes(StandardCharsets.UTF_8);
        if (text.length > 0) {
            objects.put(DerivedObjects.text(work.objectKey()), text, "text/plain; charset=utf-8");
        }
        return AssetDetails.completed(type.kind(), found, text.length);
    }

    private void keep(FileRepository.Work work, AssetDetails details) {
        transactions.writeVoid(handle -> {
            if (!files.holds(handle, work)) {
                return;
            }
            assets.setReady(work.id(), details, Instant.ofEpochMilli(clock.millis()));
            files.giveBack(handle, work, null, false);
            if (details.processing() != AssetDetails.Processing.NONE) {
                outbox.append(handle, AssetEvents.processed(work.id(), details.processing()));
            }
        });
    }

    private void end(FileRepository.Work work) {
        transactions.writeVoid(handle -> files.giveBack(handle, work, null, false));
    }

    private static String reason(UnprocessableFileException unworkable) {
        return Optional.ofNullable(unworkable.getMessage()).orElse("it cannot be worked on");
    }
}
