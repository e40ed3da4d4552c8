package org.aula.content.asset;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.aula.content.file.FileKind;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/// Assets as documents. Those written before a field existed have none of it.
final class AssetDocumentFactory {

    static final String ID = "_id";
    static final String STATE = "state";
    /// The service that keeps it; nothing for none.
    static final String CUSTODIAN = "custody.custodian";

    private AssetDocumentFactory() {}

    static Document document(Asset asset) {
        return new Document(ID, asset.id().toString())
                .append("ownerId", asset.ownerId().toString())
                .append("courseId", textOrNull(asset.courseId()))
                .append("lessonId", textOrNull(asset.lessonId()))
                .append("fileName", asset.fileName())
                .append("mediaType", asset.mediaType())
                .append("sizeBytes", asset.sizeBytes())
                .append("sha256", asset.sha256())
                .append(STATE, asset.state().name())
                .append("visibility", asset.visibility().name())
                .append("createdAt", Date.from(asset.createdAt()))
                .append("updatedAt", Date.from(asset.updatedAt()))
                .append("custody", custody(asset.custody()));
    }

    /// Every field of the details, so that what an earlier run had found is gone.
    static Document details(AssetDetails details) {
        var fields = new Document("processing", details.processing().name())
                .append("processingError", details.error())
                .append("width", details.width())
                .append("height", details.height())
                .append("durationMillis", details.durationMillis())
                .append("pageCount", details.pageCount())
                .append("textBytes", details.textBytes())
                .append("packageEntry", details.packageEntry())
                .append(
                        "variants",
                        details.variants().stream()
                                .map(AssetDocumentFactory::variant)
                                .toList());
        return details.kind() == null
                ? fields
                : fields.append("kind", details.kind().name());
    }

    static Asset asset(Document document) {
        var createdAt = document.getDate("createdAt").toInstant();
        return new Asset(
                UUID.fromString(text(document, ID)),
                UUID.fromString(text(document, "ownerId")),
                uuidOrNull(document.getString("courseId")),
                uuidOrNull(document.getString("lessonId")),
                text(document, "fileName"),
                text(document, "mediaType"),
                number(document, "sizeBytes"),
                text(document, "sha256"),
                Asset.State.valueOf(text(document, STATE)),
                Asset.Visibility.valueOf(text(document, "visibility")),
                createdAt,
                instantOr(createdAt, document.getDate("updatedAt")),
                detailsOf(document),
                custody(document.get("custody", Document.class)));
    }

    private static @Nullable Document custody(Asset.@Nullable Custody custody) {
        if (custody == null) {
            return null;
        }
        var heldUntil = custody.heldUntil();
        return new Document("custodian", custody.custodian())
                .append("countsTowardsQuota", custody.countsTowardsQuota())
                .append("heldUntil", heldUntil == null ? null : Date.from(heldUntil));
    }

    private static Asset.@Nullable Custody custody(@Nullable Document document) {
        if (document == null) {
            return null;
        }
        var heldUntil = document.getDate("heldUntil");
        return new Asset.Custody(
                text(document, "custodian"),
                document.getBoolean("countsTowardsQuota", false),
                heldUntil == null ? null : heldUntil.toInstant());
    }

    private static AssetDetails detailsOf(Document document) {
        var kind = document.getString("kind");
        var processing = document.getString("processing");
        if (processing == null) {
            return AssetDetails.UNKNOWN;
        }
        return new AssetDetails(
                kind == null ? null : FileKind.valueOf(kind),
                AssetDetails.Processing.valueOf(processing),
                text(document, "processingError"),
                (int) number(document, "width"),
                (int) number(document, "height"),
                number(document, "durationMillis"),
                (int) number(document, "pageCount"),
                number(document, "textBytes"),
                text(document, "packageEntry"),
                document.getList("variants", Document.class, List.of()).stream()
                        .map(AssetDocumentFactory::variant)
                        .toList());
    }

    private static Document variant(AssetDetails.Variant variant) {
        return new Document("name", variant.name())
                .append("width", variant.width())
                .append("height", variant.height())
                .append("mediaType", variant.mediaType())
                .append("sizeBytes", variant.sizeBytes());
    }

    private static AssetDetails.Variant variant(Document document) {
        return new AssetDetails.Variant(
                text(document, "name"),
                (int) number(document, "width"),
                (int) number(document, "height"),
                text(document, "mediaType"),
                number(document, "sizeBytes"));
    }

    private static String text(Document document, String field) {
        return Objects.requireNonNull(document.getString(field), field);
    }

    private static long number(Document document, String field) {
        return Objects.requireNonNull(document.get(field, Number.class), field).longValue();
    }

    private static Instant instantOr(Instant otherwise, @Nullable Date date) {
        return date == null ? otherwise : date.toInstant();
    }

    private static @Nullable String textOrNull(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }

    private static @Nullable UUID uuidOrNull(@Nullable String text) {
        return text == null ? null : UUID.fromString(text);
    }
}
