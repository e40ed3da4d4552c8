package org.aula.courses.lesson;

import java.util.List;
import org.aula.api.courses.v1.BlockDifference;
import org.aula.api.courses.v1.CompareLessonRevisionsResponse;
import org.aula.api.courses.v1.DifferenceKind;
import org.aula.courses.lesson.RevisionComparison.Difference;
import org.aula.kernel.time.Times;

/// Revisions of lesson contents to messages.
final class LessonRevisionMapper {

    private static final int MAX_BYTES = 2 * 1024 * 1024;

    private LessonRevisionMapper() {}

    static org.aula.api.courses.v1.LessonRevision toProto(LessonContents.Change change) {
        return toProto(change.stored().revision(), change.head());
    }

    static org.aula.api.courses.v1.LessonRevision toProto(LessonRevision revision, ContentHead head) {
        var authorId = revision.authorId();
        var message = org.aula.api.courses.v1.LessonRevision.newBuilder()
                .setLessonId(revision.lessonId().toString())
                .setRevision(revision.revision())
                .setPublished(revision.revision() == head.published())
                .setAuthorId(authorId == null ? "" : authorId.toString())
                .setPageCount(revision.pageCount())
                .setCreateTime(Times.timestamp(revision.createdAt()));
        var publishedAt = head.publishedAt();
        if (message.getPublished() && publishedAt != null) {
            message.setPublishTime(Times.timestamp(publishedAt));
        }
        return message.build();
    }

    /// Differences, the last ones without what would make the answer too large to send.
    static CompareLessonRevisionsResponse toProto(List<Difference> differences) {
        var message = CompareLessonRevisionsResponse.newBuilder();
        var size = 0L;
        for (var difference : differences) {
            var whole = toProto(difference);
            size += whole.getSerializedSize();
            if (size > MAX_BYTES) {
                message.setShortened(true);
                message.addDifferences(
                        whole.toBuilder().clearBefore().clearAfter().clearTextDifference());
            } else {
                message.addDifferences(whole);
            }
        }
        return message.build();
    }

    private static BlockDifference toProto(Difference difference) {
        var before = difference.before();
        var after = difference.after();
        var message = BlockDifference.newBuilder()
                .setPageId(difference.pageId())
                .setBlockIndex(difference.index())
                .setTextDifference(difference.text());
        if (before != null) {
            message.setBefore(LessonContentMapper.toProto(before)).setKind(DifferenceKind.DIFFERENCE_KIND_REMOVED);
        }
        if (after != null) {
            message.setAfter(LessonContentMapper.toProto(after))
                    .setKind(
                            before == null
                                    ? DifferenceKind.DIFFERENCE_KIND_ADDED
                                    : DifferenceKind.DIFFERENCE_KIND_CHANGED);
        }
        return message.build();
    }
}
