package org.aula.courses.olx;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One block of a page. `sourceId` is the component's `url_name`, unique in the course except where one
/// component became several blocks, which then have `-2`, `-3` … appended; `title` may be empty.
public sealed interface ImportedBlock {
    String sourceId();

    String title();

    /// Sanitised HTML. Addresses of media and of other lessons are placeholders, see [Placeholders].
    record Html(String sourceId, String title, String html) implements ImportedBlock {}

    /// A video with a YouTube id, addresses of its own, or both.
    ///
    /// @param youtubeId eleven characters
    /// @param sources `http(s)` addresses or media placeholders, the preferred one first
    /// @param start where to begin
    /// @param end where to stop
    /// @param duration of the whole video, if the archive knows it
    /// @param transcripts media placeholder by language code
    record Video(
            String sourceId,
            String title,
            @Nullable String youtubeId,
            List<String> sources,
            @Nullable Duration start,
            @Nullable Duration end,
            @Nullable Duration duration,
            Map<String, String> transcripts)
            implements ImportedBlock {
        public Video {
            sources = List.copyOf(sources);
            transcripts = Map.copyOf(transcripts);
        }
    }

    /// A file to download or show, such as the handout of a video.
    ///
    /// @param media its placeholder
    record Media(String sourceId, String title, String media) implements ImportedBlock {}

    /// A page of another site, to be shown in a sandboxed frame.
    ///
    /// @param url https only
    record Embed(String sourceId, String title, String url) implements ImportedBlock {}
}
