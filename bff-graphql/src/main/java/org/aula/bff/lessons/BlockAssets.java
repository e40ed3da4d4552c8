package org.aula.bff.lessons;

import com.google.common.html.HtmlEscapers;
import graphql.schema.DataFetchingEnvironment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aula.api.content.v1.Asset;
import org.aula.api.content.v1.Download;
import org.aula.api.courses.v1.HtmlBlock;
import org.aula.api.courses.v1.VideoBlock;
import org.aula.bff.backend.Loader;
import org.aula.bff.engine.GlobalId;
import org.jspecify.annotations.Nullable;

/// Joins blocks with the files that they name.
final class BlockAssets {

    private static final Pattern PLACEHOLDER =
            Pattern.compile("aula-asset:([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})");

    private BlockAssets() {}

    /// The ids that HTML names, each once, in order.
    static Set<String> named(String html) {
        var ids = new LinkedHashSet<String>();
        var matcher = PLACEHOLDER.matcher(html);
        while (matcher.find()) {
            ids.add(matcher.group(1).toLowerCase(Locale.ROOT));
        }
        return ids;
    }

    /// The HTML with download addresses in place of the names of assets that can be had.
    static CompletableFuture<String> html(HtmlBlock block, DataFetchingEnvironment environment) {
        var ids = named(block.getHtml());
        if (ids.isEmpty()) {
            return CompletableFuture.completedFuture(block.getHtml());
        }
        return downloads(ids, environment).thenApply(found -> fill(block.getHtml(), found));
    }

    /// One asset; null if it cannot be had.
    static @Nullable CompletableFuture<@Nullable Asset> asset(String id, DataFetchingEnvironment environment) {
        return id.isEmpty()
                ? null
                : Loader.DOWNLOADS.load(environment, id).thenApply(found -> found == null ? null : found.getAsset());
    }

    /// The transcripts of a video, by language.
    static CompletableFuture<List<Map<String, @Nullable Object>>> transcripts(
            VideoBlock video, DataFetchingEnvironment environment) {
        var ids = video.getTranscriptAssetIdsMap();
        return downloads(new LinkedHashSet<>(ids.values()), environment).thenApply(found -> {
            var transcripts = new ArrayList<Map<String, @Nullable Object>>();
            ids.keySet().stream().sorted().forEach(languageCode -> {
                var download = found.get(ids.get(languageCode));
                var transcript = new LinkedHashMap<String, @Nullable Object>();
                transcript.put("languageCode", languageCode);
                transcript.put("assetId", GlobalId.of("Asset", Objects.requireNonNull(ids.get(languageCode))));
                transcript.put("asset", download == null ? null : download.getAsset());
                transcripts.add(transcript);
            });
            return transcripts;
        });
    }

    static String fill(String html, Map<String, Download> found) {
        return PLACEHOLDER.matcher(html).replaceAll(match -> {
            var download = found.get(match.group(1).toLowerCase(Locale.ROOT));
            var text = download == null
                    ? match.group()
                    : HtmlEscapers.htmlEscaper().escape(download.getUrl());
            return Matcher.quoteReplacement(text);
        });
    }

    private static CompletableFuture<Map<String, Download>> downloads(
            Set<String> ids, DataFetchingEnvironment environment) {
        var loads = new LinkedHashMap<String, CompletableFuture<Download>>();
        ids.forEach(id -> loads.put(id, Loader.DOWNLOADS.load(environment, id)));
        return CompletableFuture.allOf(loads.values().toArray(CompletableFuture[]::new))
                .thenApply(done -> {
                    var found = new LinkedHashMap<String, Download>();
                    loads.forEach((id, load) -> {
                        @Nullable Download download = load.join();
                        if (download != null) {
                            found.put(id, download);
                        }
                    });
                    return found;
                });
    }
}
