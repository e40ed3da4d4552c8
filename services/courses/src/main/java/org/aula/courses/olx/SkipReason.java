package org.aula.courses.olx;

/// Why something of the archive was not taken over. The names are stable.
public enum SkipReason {
    /// A kind of component that cannot be imported: LTI, polls, discussions and the like.
    KIND_NOT_SUPPORTED("this kind of component cannot be imported"),
    /// An element that OLX does not know.
    KIND_UNKNOWN("unknown element"),
    /// A known element where it has no meaning, such as a chapter inside a vertical.
    MISPLACED("not allowed at this place"),
    /// A reference leads to a file that the archive does not hold.
    FILE_MISSING("the file that it refers to is missing"),
    /// One file is not well-formed XML.
    MALFORMED("not well-formed"),
    /// The same file is referred to a second time; its first place counts.
    DUPLICATE_REFERENCE("already imported at its first place"),
    /// Marked as visible to staff only.
    STAFF_ONLY("visible to staff only"),
    /// Imported, but not its restriction to a group of learners.
    RESTRICTION_DROPPED("imported without its restriction to a group of learners"),
    /// A component without content, or whose content was all removed.
    EMPTY("nothing to show"),
    /// An HTML document with more tags than [Limits#maxHtmlTags], or nested over 200 deep; a problem with
    /// more than 100 responses, or with 64 KiB of text for one of them.
    TOO_COMPLEX("too many or too deeply nested tags, or too long"),
    /// A video without any source that can be played.
    VIDEO_WITHOUT_SOURCE("no source that can be played"),
    /// Script in HTML.
    SCRIPT_REMOVED("script removed from HTML"),
    /// An `on…` attribute.
    EVENT_HANDLER_REMOVED("event handler removed from HTML"),
    /// A style sheet or link to one.
    STYLE_REMOVED("style sheet removed from HTML"),
    /// Form controls, drawings, objects: the element is gone, its text was kept where it has any.
    ELEMENT_REMOVED("element removed from HTML"),
    /// An attribute without meaning for the content, such as `class`.
    ATTRIBUTE_REMOVED("attribute removed from HTML"),
    /// An iframe that is not https.
    FRAME_REMOVED("frame removed: only https addresses can be embedded"),
    /// A link or image address with a scheme other than http, https, mailto and tel.
    ADDRESS_REMOVED("address removed: its scheme is not allowed"),
    /// A link into the course or page whose target is not imported; its text stays.
    LINK_REMOVED("link removed: its target is not part of the import"),
    /// A file of `static/` that is active content (HTML, script, style sheet).
    ACTIVE_CONTENT("active content is not imported"),
    /// A file of `static/` that no imported block uses.
    MEDIA_NOT_REFERENCED("not used by anything that was imported"),
    /// A file of the course's structure that the course does not lead to.
    NOT_REFERENCED("not referenced by the course"),
    /// Below `drafts/`.
    DRAFT("drafts are not imported"),
    /// A problem, or one of its responses, whose answers a script works out.
    PROBLEM_SCRIPTED("a script works out its answers, and no script is run"),
    /// A problem that its author wrote as Markdown, exported without what Open edX made of it.
    PROBLEM_MARKDOWN("it is there as Markdown only"),
    /// A problem with nothing to answer.
    PROBLEM_WITHOUT_RESPONSE("nothing in it can be answered"),
    /// A response of a kind that quizzes do not have.
    RESPONSE_NOT_SUPPORTED("this kind of response cannot be imported"),
    /// A response for which no answer is right.
    RESPONSE_WITHOUT_KEY("no answer is marked as right"),
    /// A choice of one with several right ones.
    SEVERAL_RIGHT("several options are right where one is chosen"),
    /// A choice with fewer than 2 or more than 26 options, or an empty one.
    OPTIONS_OUT_OF_BOUNDS("a choice has 2 to 26 options, none of them empty"),
    /// More than 20 answers, or one of more than 500 letters.
    ANSWERS_OUT_OF_BOUNDS("it accepts more or longer answers than a question can hold"),
    /// A formula, or a range without one of its ends.
    NOT_A_NUMBER("its right answer is neither a number nor a range with both ends"),
    /// Imported, but not its hints for wrong answers.
    HINT_DROPPED("imported without its hints for wrong answers"),
    /// Imported, but its weight cannot be divided into whole points for each response.
    WEIGHT_ROUNDED("imported with whole points, which its weight is not"),
    /// Files without a place in a course of ours: grading policy, course updates, wiki, tabs and so on.
    NOT_COURSE_CONTENT("not part of the course's content");

    private final String description;

    SkipReason(String description) {
        this.description = description;
    }

    /// One phrase in English for people.
    public String description() {
        return description;
    }

    /// Whether learners miss nothing: only the look of a page changed.
    public boolean presentationOnly() {
        return this == STYLE_REMOVED || this == ATTRIBUTE_REMOVED;
    }
}
