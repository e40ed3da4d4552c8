package org.aula.assignments.course;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.aula.api.courses.v1.CourseServiceGrpc;
import org.aula.api.courses.v1.DeleteCourseRequest;
import org.aula.assignments.Classroom;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CourseDeletedTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses", "assignments");

    /// Nothing here keeps a course from being deleted, and nothing of it stays.
    @Test
    void takesWhatTheCourseHadWithIt() throws Exception {
        var room = new Classroom(platform);
        var other = new Classroom(platform);
        other.quiz("Stays");
        var quiz = room.quiz("Quiz");
        var bank = room.bank("Bank");
        room.question(bank, "One");
        room.draw(quiz, bank, 1);
        room.publish(quiz);
        room.file("Work");
        CourseServiceGrpc.newBlockingStub(platform.as(room.author(), "courses"))
                .deleteCourse(DeleteCourseRequest.newBuilder()
                        .setCourseId(room.courseId())
                        .build());
        Await.until("everything of the course is gone", () -> rows(room) == 0);
        assertThat(rows(other)).isEqualTo(1);
    }

    private static int rows(Classroom room) {
        return platform.superuser()
                .withHandle(handle -> handle.createQuery("""
                        SELECT (SELECT count(*) FROM assignments.quizzes WHERE course_id = :id)
                             + (SELECT count(*) FROM assignments.quiz_versions WHERE course_id = :id)
                             + (SELECT count(*) FROM assignments.question_banks WHERE course_id = :id)
                             + (SELECT count(*) FROM assignments.file_assignments WHERE course_id = :id)
                        """)
                        .bind("id", UUID.fromString(room.courseId()))
                        .mapTo(Integer.class)
                        .one());
    }
}
