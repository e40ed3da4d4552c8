package org.aula.courses.lesson;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.aula.courses.html.HtmlPolicy;
import org.jspecify.annotations.Nullable;

/// What a lesson teaches: pages in order, each of blocks in order.
///
/// @param revision number of the revision that this is; 0 while nothing was written
/// @param publishedRevision number of the one that learners see; 0 for none
/// @param updatedAt null while nothing was written
public record LessonContent(
        UUID lessonId,
        List<Page> pages,
        int revision,
        int publishedRevision,
        @Nullable Instant updatedAt) {

    public LessonContent {
        pages = List.copyOf(pages);
    }

    /// Of a lesson for which nothing was written, or nothing published.
    static LessonContent empty(UUID lessonId) {
        return new LessonContent(lessonId, List.of(), 0, 0, null);
    }

    /// Without solutions of exercises.
    LessonContent withoutSolutions() {
        var hidden = pages.stream()
                .map(page -> new Page(
                        page.id(),
                        page.title(),
                        page.blocks().stream()
                                .map(block -> block instanceof Block.Exercise exercise ? exercise.posed() : block)
                                .toList()))
                .toList();
        return new LessonContent(lessonId, hidden, revision, publishedRevision, updatedAt);
    }

    /// A page.
    ///
    /// @param id stable name within the lesson
    /// @param title may be empty
    public record Page(String id, String title, List<Block> blocks) {
        public Page {
            blocks = List.copyOf(blocks);
        }
    }

    /// One block of a page.
    public sealed interface Block {

        /// Text.
        ///
        /// @param html sanitised; media inside are named as `aula-asset:<id>`
        record Html(String html) implements Block {

            /// What is safe of HTML that somebody wrote.
            static Html sanitised(String html) {
                return new Html(HtmlPolicy.sanitize(html));
            }

            /// The content assets that it names.
            Set<UUID> assetIds() {
                return HtmlPolicy.assetIds(html);
            }
        }

        /// A video.
        ///
        /// @param start where to begin; null for its beginning
        /// @param end where to end; null for its end
        /// @param transcripts content asset by language
        record Video(
                String title,
                VideoSource source,
                @Nullable Duration start,
                @Nullable Duration end,
                Map<String, UUID> transcripts)
                implements Block {
            public Video {
                transcripts = Map.copyOf(transcripts);
            }
        }

        /// A file to look at or to take home.
        record Media(String title, UUID assetId) implements Block {}

        /// Something of another site, shown in a frame.
        record Embed(String title, String url) implements Block {}

        /// Something to read or to use beside the lesson.
        record Resource(String title, ResourceSource source) implements Block {}

        /// Something to do, for oneself.
        ///
        /// @param prompt sanitised HTML
        /// @param solution sanitised HTML; empty for none, or when it is not shown
        /// @param solved whether there is a solution
        record Exercise(ExerciseKind kind, String prompt, String solution, boolean solved) implements Block {

            /// What is safe of what somebody wrote.
            static Exercise sanitised(ExerciseKind kind, String prompt, String solution) {
                var safe = HtmlPolicy.sanitize(solution);
                return new Exercise(kind, HtmlPolicy.sanitize(prompt), safe, !safe.isEmpty());
            }

            /// As those see it who shall find the solution themselves.
            Exercise posed() {
                return new Exercise(kind, prompt, "", solved);
            }
        }

        /// Something that a client's own code shows.
        ///
        /// @param kind which piece of that code
        /// @param json its settings, one object
        record Interactive(String kind, String title, String json) implements Block {}
    }

    /// Kinds of exercise.
    public enum ExerciseKind {
        /// To be answered in words.
        QUESTION,
        /// To be solved by a program.
        CODE,
        /// To be tried out.
        PRACTICE
    }

    /// Where a resource is.
    public sealed interface ResourceSource {
        record Address(String url) implements ResourceSource {}

        /// A content asset.
        record Asset(UUID id) implements ResourceSource {}
    }

    /// Where a video is.
    public sealed interface VideoSource {
        record YouTube(String id) implements VideoSource {}

        /// A file elsewhere.
        record Address(String url) implements VideoSource {}

        /// A content asset.
        record Asset(UUID id) implements VideoSource {}
    }
}
