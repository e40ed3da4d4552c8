package org.aula.bff.documents;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.common.hash.Hashing;
import io.micronaut.context.annotation.Context;
import java.nio.charset.StandardCharsets;
import org.aula.bff.engine.GraphQlRequest;

/// Finds the documents that clients name by ids: those of the manifests, and those that were sent to this
/// process with their hashes before (automatic persisted queries).
@Context
public final class PersistedDocuments {

    private static final long MAX_CHARACTERS = 8_000_000;

    private final DocumentSettings settings;
    private final TrustedDocuments trusted;
    private final Cache<String, String> automatic = Caffeine.newBuilder()
            .maximumWeight(MAX_CHARACTERS)
            .weigher((String hash, String text) -> text.length() + 100)
            .build();

    PersistedDocuments(DocumentSettings settings, TrustedDocuments trusted) {
        this.settings = settings;
        this.trusted = trusted;
        if (settings.trustedDocumentsOnly() && !trusted.hasManifests()) {
            throw new IllegalStateException("aula.bff.trusted-documents-only is set, and no manifest is there: "
                    + TrustedDocuments.FOLDER + " names the folder of manifests");
        }
    }

    /// The request with its document.
    ///
    /// @throws DocumentRefusedException if there is none, or it must not be run
    public GraphQlRequest resolve(DocumentRequest asked) {
        var id = asked.id();
        var text = asked.text();
        var known = id == null ? null : trusted.find(id);
        if (known != null) {
            if (text != null && !text.equals(known)) {
                throw DocumentRefusedException.mismatch();
            }
            return asked.with(known);
        }
        if (settings.trustedDocumentsOnly() && (text == null || !trusted.contains(text))) {
            throw DocumentRefusedException.notTrusted();
        }
        if (text == null) {
            return asked.with(kept(asked));
        }
        if (isToBeKept(asked) && !hash(text).equals(id)) {
            throw DocumentRefusedException.mismatch();
        }
        return asked.with(text);
    }

    /// Keeps the document of a request under its hash, if the client wants that. It was found to be valid.
    public void keep(DocumentRequest asked) {
        var id = asked.id();
        var text = asked.text();
        if (id != null && text != null && isToBeKept(asked) && trusted.find(id) == null) {
            automatic.put(id, text);
        }
    }

    private String kept(DocumentRequest asked) {
        if (asked.automatic() && !settings.automaticDocuments()) {
            throw DocumentRefusedException.notSupported();
        }
        var text = asked.id() == null ? null : automatic.getIfPresent(asked.id());
        if (text == null) {
            throw DocumentRefusedException.notFound();
        }
        return text;
    }

    private boolean isToBeKept(DocumentRequest asked) {
        return asked.automatic() && settings.automaticDocuments();
    }

    private static String hash(String text) {
        return Hashing.sha256().hashString(text, StandardCharsets.UTF_8).toString();
    }
}
