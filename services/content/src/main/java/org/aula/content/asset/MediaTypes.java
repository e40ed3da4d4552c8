package org.aula.content.asset;

import java.util.Locale;
import org.apache.tika.mime.MimeTypes;

/// Media types by name, for files inside a learning package, of which nothing else is known.
final class MediaTypes {

    private MediaTypes() {}

    static String of(String path) {
        var name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return MimeTypes.getDefaultMimeTypes().getMimeType(name).getName();
    }
}
