package org.aula.courses.imports;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.Map;
import java.util.UUID;
import org.aula.courses.olx.Placeholders;

/// What stands in content for files and pages once they are stored: `aula-asset:<asset id>` and
/// `aula-lesson:<lesson id>/<page id>`.
///
/// @param assets content assets by the files' names in the archive
/// @param lessonIds lessons by their source ids
record Addresses(Map<String, UUID> assets, Map<String, UUID> lessonIds) {

    private static final int MAX_PAGE_ID = 64;
    private static final int KEPT_OF_LONG_ID = 27;

    /// The address for a placeholder; empty when what it stands for was not stored.
    String of(String placeholder) {
        if (Placeholders.isMedia(placeholder)) {
            var assetId = assets.get(Placeholders.archivePath(placeholder));
            return assetId == null ? "" : "aula-asset:" + assetId;
        }
        var lessonId = lessonIds.get(Placeholders.lessonId(placeholder));
        return lessonId == null ? "" : "aula-lesson:" + lessonId + "/" + pageId(Placeholders.pageId(placeholder));
    }

    /// A page's own id, or where that is too long its beginning and a digest of the whole.
    static String pageId(String sourceId) {
        return sourceId.length() <= MAX_PAGE_ID
                ? sourceId
                : sourceId.substring(0, KEPT_OF_LONG_ID) + "-" + UuidCreator.getNameBasedSha1(sourceId);
    }
}
