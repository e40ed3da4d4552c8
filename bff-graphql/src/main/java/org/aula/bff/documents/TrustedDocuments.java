package org.aula.bff.documents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.aula.kernel.settings.Settings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The documents of the manifests that frontends publish with their builds: each `.json` of the folder
/// `TRUSTED_DOCUMENTS_DIR`, in the format of Apollo's `generate-persisted-query-manifest` or in that of
/// graphql-codegen's client preset (`persisted-documents.json`), an object of documents by their ids.
///
/// Files may come and go while the gateway runs. What cannot be read stops the start; later what was read
/// before stays.
@Singleton
final class TrustedDocuments {

    static final String FOLDER = "TRUSTED_DOCUMENTS_DIR";

    private static final Logger LOG = LoggerFactory.getLogger(TrustedDocuments.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String APOLLO = "apollo-persisted-query-manifest";

    /// @param files the manifests, and when they were written
    private record Manifests(Map<Path, FileTime> files, Map<String, String> byId, Set<String> texts) {}

    private final @Nullable Path folder;
    private volatile Manifests manifests;

    TrustedDocuments(Settings settings) {
        folder = settings.has("TRUSTED_DOCUMENTS_DIR") ? Path.of(settings.get("TRUSTED_DOCUMENTS_DIR")) : null;
        manifests = folder == null ? new Manifests(Map.of(), Map.of(), Set.of()) : read(files(folder));
    }

    /// Looks whether the manifests are others.
    @Scheduled(fixedDelay = "5s", initialDelay = "5s")
    void refresh() {
        if (folder == null) {
            return;
        }
        try {
            var files = files(folder);
            if (!files.equals(manifests.files())) {
                manifests = read(files);
                LOG.info("{} trusted documents of {}", manifests.byId().size(), files.keySet());
            }
        } catch (IllegalStateException | UncheckedIOException unreadable) {
            LOG.error("the manifests of {} cannot be read; those before stay: {}", folder, unreadable.getMessage());
        }
    }

    boolean hasManifests() {
        return !manifests.files().isEmpty();
    }

    /// The document of an id; null if there is none.
    @Nullable
    String find(String id) {
        return manifests.byId().get(id);
    }

    /// Whether a text is one of the documents, to the letter.
    boolean contains(String text) {
        return manifests.texts().contains(text);
    }

    private static Map<Path, FileTime> files(Path folder) {
        try (var files = Files.list(folder)) {
            var found = new TreeMap<Path, FileTime>();
            for (var file :
                    files.filter(file -> file.toString().endsWith(".json")).toList()) {
                found.put(file, Files.getLastModifiedTime(file));
            }
            return found;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(FOLDER + " cannot be listed: " + folder, unreadable);
        }
    }

    private static Manifests read(Map<Path, FileTime> files) {
        var byId = new HashMap<String, String>();
        for (var file : files.keySet()) {
            documents(file).forEach((id, text) -> {
                var other = byId.putIfAbsent(DocumentRequest.plain(id), text);
                if (other != null && !other.equals(text)) {
                    throw new IllegalStateException(file + ": another manifest has another document of the id " + id);
                }
            });
        }
        return new Manifests(files, Map.copyOf(byId), Set.copyOf(byId.values()));
    }

    private static Map<String, String> documents(Path file) {
        var manifest = parse(file);
        if (!manifest.isObject()) {
            throw new IllegalStateException(file + ": a manifest is a JSON object");
        }
        var documents = new HashMap<String, String>();
        if (manifest.path("format").isTextual() && manifest.has("operations")) {
            if (!manifest.path("format").asText().equals(APOLLO)
                    || manifest.path("version").asInt() != 1) {
                throw new IllegalStateException(file + ": the format is not " + APOLLO + " of version 1");
            }
            var index = 0;
            for (var operation : manifest.path("operations")) {
                var place = "operations[" + index + "]";
                documents.put(
                        text(file, place + ".id", operation.path("id")),
                        text(file, place + ".body", operation.path("body")));
                index++;
            }
        } else {
            manifest.properties()
                    .forEach(entry -> documents.put(entry.getKey(), text(file, entry.getKey(), entry.getValue())));
        }
        return documents;
    }

    private static String text(Path file, String place, JsonNode value) {
        if (!value.isTextual() || value.asText().isBlank()) {
            throw new IllegalStateException(file + ": " + place + " is no text");
        }
        return value.asText();
    }

    private static JsonNode parse(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (JsonProcessingException malformed) {
            throw new IllegalStateException(file + " is not JSON: " + malformed.getOriginalMessage(), malformed);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file + " cannot be read", unreadable);
        }
    }
}
