package org.aula.content.file;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Paths inside a learning package.
public final class PackagePaths {

    private static final int MAX_CHARACTERS = 500;
    private static final int MAX_BYTES = 800;
    private static final int MAX_FOLDERS = 32;

    private PackagePaths() {}

    /// Whether a path leads nowhere but into the package; a folder ends with a slash.
    public static boolean isSafe(String path) {
        var folders = path.split("/", -1);
        var last = folders.length - 1;
        for (var at = 0; at <= last; at++) {
            var isEndOfFolder = at == last && at > 0 && folders[at].isEmpty();
            if (folders[at].equals("..") || folders[at].equals(".") || folders[at].isEmpty() && !isEndOfFolder) {
                return false;
            }
        }
        return path.length() <= MAX_CHARACTERS
                && path.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES
                && folders.length <= MAX_FOLDERS
                && path.indexOf('\\') < 0
                && path.indexOf(':') < 0
                && path.chars().noneMatch(Character::isISOControl);
    }

    /// The paths that an address in a manifest may mean, without query and fragment: as it stands, and with its
    /// percent signs decoded.
    static List<String> ofAddress(String address) {
        var path = address.split("[?#]", 2)[0];
        try {
            return List.of(path, URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException noEncoding) {
            return List.of(path);
        }
    }
}
