package org.aula.courses.duplicate;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.aula.courses.course.CourseDetails;
import org.aula.courses.html.HtmlPolicy;
import org.aula.courses.lesson.LessonContent.Block;
import org.aula.courses.lesson.LessonContent.Page;
import org.aula.courses.lesson.LessonContent.ResourceSource;
import org.aula.courses.lesson.LessonContent.VideoSource;

/// Content assets that a course names, each once, in the order in which it does.
public final class CourseMedia {

    private final Set<UUID> assetIds = new LinkedHashSet<>();

    /// Of what is said of the course.
    public CourseMedia(CourseDetails details) {
        var thumbnail = details.thumbnailAssetId();
        if (thumbnail != null) {
            assetIds.add(thumbnail);
        }
        assetIds.addAll(HtmlPolicy.assetIds(details.fullDescription()));
    }

    /// And of what a lesson teaches.
    public void add(List<Page> pages) {
        pages.stream().flatMap(page -> page.blocks().stream()).forEach(this::add);
    }

    /// And what a text names, wherever in it.
    public void addAllNamed(String text) {
        assetIds.addAll(IdMapping.assetIds(text));
    }

    public Set<UUID> assetIds() {
        return assetIds;
    }

    private void add(Block block) {
        switch (block) {
            case Block.Html html -> assetIds.addAll(HtmlPolicy.assetIds(html.html()));
            case Block.Video video -> {
                if (video.source() instanceof VideoSource.Asset(UUID id)) {
                    assetIds.add(id);
                }
                assetIds.addAll(video.transcripts().values());
            }
            case Block.Media media -> assetIds.add(media.assetId());
            case Block.Resource(String title, ResourceSource.Asset(UUID id)) -> assetIds.add(id);
            case Block.Exercise exercise -> {
                assetIds.addAll(HtmlPolicy.assetIds(exercise.prompt()));
                assetIds.addAll(HtmlPolicy.assetIds(exercise.solution()));
            }
            case Block.Resource ignored -> {}
            case Block.Embed ignored -> {}
            case Block.Interactive ignored -> {}
        }
    }
}
