package org.aula.courses.olx;

import java.util.Set;

/// What an OLX element is to the import.
enum ElementKind {
    CHAPTER,
    SEQUENTIAL,
    VERTICAL,
    /// Becomes blocks or questions.
    COMPONENT,
    /// Known and not importable.
    UNSUPPORTED,
    UNKNOWN;

    private static final Set<String> COMPONENTS = Set.of("html", "video", "pdf", "problem");

    /// Elements whose children are components of their own.
    private static final Set<String> CONTAINERS = Set.of(
            "chapter",
            "sequential",
            "videosequence",
            "problemset",
            "vertical",
            "library_content",
            "legacy_library",
            "itembank",
            "conditional",
            "split_test",
            "randomize",
            "wrapper",
            "problem-builder",
            "step-builder");

    private static final Set<String> UNSUPPORTED_TAGS = Set.of(
            "annotatable",
            "conditional",
            "crowdsourcehinter",
            "discussion",
            "done",
            "drag-and-drop-v2",
            "edx_sga",
            "freetextresponse",
            "google-calendar",
            "google-document",
            "h5pxblock",
            "image-explorer",
            "itembank",
            "legacy_library",
            "library_content",
            "library_sourced",
            "lti",
            "lti_consumer",
            "openassessment",
            "poll",
            "poll_question",
            "problem-builder",
            "randomize",
            "recommender",
            "scorm",
            "split_test",
            "staffgradedxblock",
            "step-builder",
            "survey",
            "unit",
            "videoalpha",
            "wiki",
            "word_cloud",
            "wrapper");

    static ElementKind of(String tag) {
        return switch (tag) {
            case "chapter" -> CHAPTER;
            case "sequential", "videosequence", "problemset" -> SEQUENTIAL;
            case "vertical" -> VERTICAL;
            default -> COMPONENTS.contains(tag) ? COMPONENT : UNSUPPORTED_TAGS.contains(tag) ? UNSUPPORTED : UNKNOWN;
        };
    }

    static boolean isContainer(String tag) {
        return CONTAINERS.contains(tag);
    }
}
