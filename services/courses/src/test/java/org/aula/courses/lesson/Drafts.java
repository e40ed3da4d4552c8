package org.aula.courses.lesson;

import java.util.List;
import org.aula.api.courses.v1.ContentBlock;
import org.aula.api.courses.v1.GetLessonContentRequest;
import org.aula.api.courses.v1.HtmlBlock;
import org.aula.api.courses.v1.Lesson;
import org.aula.api.courses.v1.LessonContent;
import org.aula.api.courses.v1.LessonPage;
import org.aula.api.courses.v1.SubmitCourseRequest;
import org.aula.api.courses.v1.UpdateLessonContentRequest;
import org.aula.courses.Campus;
import org.aula.kernel.testing.TestUser;

/// What tests of contents share: lessons, and how their contents are written and read.
record Drafts(Campus campus, TestUser author) {

    Lesson ofADraft() {
        return campus.lesson(author, campus.section(author, campus.draft(author, "Draft"), "Section"), "Lesson");
    }

    /// A lesson of a course that was published after this was written.
    Lesson ofAPublished(String html) {
        var lesson = ofADraft();
        write(lesson, "", aPage("page", html(html)));
        var course = campus.courses(author)
                .submitCourse(SubmitCourseRequest.newBuilder()
                        .setCourseId(lesson.getCourseId())
                        .build())
                .getCourse();
        campus.publish(course);
        return lesson;
    }

    LessonContent write(Lesson lesson, String etag, LessonPage... pages) {
        return campus.lessons(author)
                .updateLessonContent(UpdateLessonContentRequest.newBuilder()
                        .setLessonId(lesson.getId())
                        .setEtag(etag)
                        .addAllPages(List.of(pages))
                        .build())
                .getContent();
    }

    LessonContent read(TestUser reader, Lesson lesson) {
        return read(reader, lesson, GetLessonContentRequest.newBuilder());
    }

    LessonContent read(TestUser reader, Lesson lesson, GetLessonContentRequest.Builder request) {
        return campus.lessons(reader)
                .getLessonContent(request.setLessonId(lesson.getId()).build())
                .getContent();
    }

    static LessonPage aPage(String id, ContentBlock... blocks) {
        return LessonPage.newBuilder().setId(id).addAllBlocks(List.of(blocks)).build();
    }

    static ContentBlock html(String html) {
        return ContentBlock.newBuilder()
                .setHtml(HtmlBlock.newBuilder().setHtml(html))
                .build();
    }

    /// The text of the first block.
    static String text(LessonContent content) {
        return content.getPages(0).getBlocks(0).getHtml().getHtml();
    }
}
