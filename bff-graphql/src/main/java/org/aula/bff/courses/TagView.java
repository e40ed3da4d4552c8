package org.aula.bff.courses;

import org.aula.api.courses.v1.Tag;

/// A tag, and how it was come by.
///
/// @param counted whether its courses were counted: those of a course are not
record TagView(Tag tag, boolean counted) {

    static TagView uncounted(Tag tag) {
        return new TagView(tag, false);
    }

    static TagView counted(Tag tag) {
        return new TagView(tag, true);
    }
}
