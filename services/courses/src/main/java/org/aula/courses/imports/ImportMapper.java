package org.aula.courses.imports;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.UUID;
import org.aula.api.courses.v1.ImportCourseRequest;

/// What an import was asked for, as its operation keeps it.
final class ImportMapper {

    private ImportMapper() {}

    /// The content asset that holds the archive.
    static UUID archiveId(byte[] input) {
        try {
            return UUID.fromString(ImportCourseRequest.parseFrom(input).getAssetId());
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("a kept request does not parse", broken);
        }
    }
}
