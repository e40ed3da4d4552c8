package org.aula.content.asset;

/// Where what was made of an asset lies: a folder of its own for each, so that it can be listed and deleted.
final class DerivedObjects {

    private DerivedObjects() {}

    /// @param objectKey of the asset, `assets/<year>/<id>`
    static String folder(String objectKey) {
        return "derived/" + objectKey.substring(objectKey.indexOf('/') + 1) + "/";
    }

    /// @param name `thumbnail`, `medium` or `large`
    static String picture(String objectKey, String name) {
        return folder(objectKey) + name;
    }

    static String text(String objectKey) {
        return folder(objectKey) + "text";
    }

    /// @param path inside the learning package
    static String packageFile(String objectKey, String path) {
        return folder(objectKey) + "package/" + path;
    }
}
