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
/// @param version rises with every change; 0 while nothing was written
/// @param updatedAt null while nothing was written
public record LessonContent(
        UUID lessonId,
        List<Page> pages,
        long version,
        @Nullable Instant updatedAt) {

    public LessonContent {
        pages = List.copyOf(pages);
    }

    /// Of a lesson for which nothing was written.
    static LessonContent empty(UUID lessonId) {
        return new LessonContent(lessonId, List.of(), 0, null);
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
