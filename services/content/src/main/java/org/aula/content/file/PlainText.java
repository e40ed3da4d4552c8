package org.aula.content.file;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// Text files: UTF-8, or what their first bytes say.
final class PlainText {

    private static final int MAX_BYTES = 8 << 20;

    private PlainText() {}

    static FileMetadata read(FileBytes bytes, WorkBudget budget) {
        var head = bytes.read(0, MAX_BYTES);
        var text = new BoundedText(budget);
        var decoded = new String(head, charset(head)).replace("\uFEFF", "");
        text.write(decoded.toCharArray(), 0, decoded.length());
        return FileMetadata.text(text.toString(), 0);
    }

    private static Charset charset(byte[] head) {
        if (head.length >= 2 && (head[0] & 0xff) == 0xff && (head[1] & 0xff) == 0xfe) {
            return StandardCharsets.UTF_16LE;
        }
        if (head.length >= 2 && (head[0] & 0xff) == 0xfe && (head[1] & 0xff) == 0xff) {
            return StandardCharsets.UTF_16BE;
        }
        return StandardCharsets.UTF_8;
    }
}
