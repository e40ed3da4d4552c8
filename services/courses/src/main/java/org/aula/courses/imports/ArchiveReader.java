package org.aula.courses.imports;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.courses.export.ExportedCourse;
import org.aula.courses.export.ExportedCourseReader;
import org.aula.courses.media.ContentClient;
import org.aula.courses.media.FileTransfer;
import org.aula.courses.media.WorkFolder;
import org.aula.courses.olx.ArchiveRefusedException;
import org.aula.courses.olx.ImportedCourse;
import org.aula.courses.olx.InvalidCourseException;
import org.aula.courses.olx.Limits;
import org.aula.courses.olx.OlxArchive;
import org.aula.courses.olx.OlxCourseReader;
import org.aula.courses.olx.RefusalReason;
import org.aula.courses.olx.UnsafeArchiveException;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.operation.OperationRun;

/// Fetches an archive, unpacks it and reads the course in it.
@Singleton
final class ArchiveReader {

    private final ContentClient content;
    private final FileTransfer transfer;
    private final ExportedCourseReader exported;
    private final long maxArchiveBytes;

    ArchiveReader(
            ContentClient content,
            FileTransfer transfer,
            ExportedCourseReader exported,
            @Value("${aula.imports.max-archive-bytes}") long maxArchiveBytes) {
        this.content = content;
        this.transfer = transfer;
        this.exported = exported;
        this.maxArchiveBytes = maxArchiveBytes;
    }

    /// What was read.
    sealed interface Read {
        /// A course of Open edX, and the archive with its media.
        record OpenEdx(ImportedCourse course, OlxArchive archive) implements Read {}

        /// A course of an export.
        record Exported(ExportedCourse course) implements Read {}
    }

    /// Reads the archive of an asset into a folder.
    ///
    /// @throws ServiceException INVALID_ARGUMENT with ARCHIVE_UNSAFE or ARCHIVE_INVALID, NOT_FOUND with
    ///     ASSET_NOT_FOUND
    /// @throws java.util.concurrent.CancellationException when the owner asked for an end
    Read read(UUID assetId, WorkFolder folder, OperationRun run) throws IOException, InterruptedException {
        var file = folder.path().resolve("archive.tar.gz");
        download(assetId, file, run);
        var kind = "no Open edX course";
        BooleanSupplier going = () -> {
            run.progress(0, 0);
            return false;
        };
        try {
            var archive = OlxArchive.extract(
                    file, folder.path().resolve("files"), Limits.DEFAULT, (done, total) -> run.progress(0, 0), going);
            if (ExportedCourse.isOne(archive)) {
                kind = "no course that was exported whole";
                return new Read.Exported(exported.read(archive, going));
            }
            return new Read.OpenEdx(OlxCourseReader.read(archive, Limits.DEFAULT, going), archive);
        } catch (ArchiveRefusedException refused) {
            throw refusal(refused, kind);
        }
    }

    private void download(UUID assetId, Path file, OperationRun run) throws InterruptedException {
        var download = content.download(assetId);
        var whole = download.file().sizeBytes() <= maxArchiveBytes
                && transfer.download(download.address(), file, maxArchiveBytes, () -> run.progress(0, 0));
        if (!whole) {
            throw refusal(
                    ErrorReason.ERROR_REASON_ARCHIVE_UNSAFE,
                    "the archive is larger than " + maxArchiveBytes + " bytes",
                    "",
                    RefusalReason.TOO_LARGE);
        }
    }

    private static ServiceException refusal(ArchiveRefusedException refused, String kind) {
        return switch (refused) {
            case UnsafeArchiveException unsafe ->
                refusal(
                        ErrorReason.ERROR_REASON_ARCHIVE_UNSAFE,
                        "the archive is refused as unsafe: " + unsafe.getMessage(),
                        unsafe.entry(),
                        unsafe.reason());
            case InvalidCourseException invalid ->
                refusal(
                        ErrorReason.ERROR_REASON_ARCHIVE_INVALID,
                        "the archive is " + kind + ": " + invalid.getMessage(),
                        invalid.entry(),
                        invalid.reason());
        };
    }

    private static ServiceException refusal(ErrorReason reason, String message, String location, RefusalReason cause) {
        return Errors.invalid(reason, message, List.of(), Map.of("location", location, "cause", cause.name()));
    }
}
