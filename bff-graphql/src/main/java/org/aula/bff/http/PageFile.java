package org.aula.bff.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;
import java.util.regex.Pattern;

/// A page out of `pages`, and the hashes by which a browser knows its own style and script.
///
/// @param html the file
record PageFile(String html) {

    static PageFile read(String name) {
        var path = "/pages/" + name + ".html";
        try (var file = Objects.requireNonNull(PageFile.class.getResourceAsStream(path), path)) {
            return new PageFile(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// The hash of the one element of a kind in the page, for its Content-Security-Policy.
    String hash(String element) {
        var content = Pattern.compile("<" + element + ">(.*?)</" + element + ">", Pattern.DOTALL)
                .matcher(html);
        if (!content.find()) {
            throw new IllegalStateException("the page has no " + element);
        }
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256").digest(content.group(1).getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
