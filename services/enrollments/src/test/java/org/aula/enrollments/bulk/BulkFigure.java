package org.aula.enrollments.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.aula.enrollments.enrollment.CourseBuilder.aCourse;

import java.util.ArrayList;
import java.util.List;
import org.aula.api.operations.v1.Operation;
import org.aula.api.operations.v1.OperationState;
import org.aula.enrollments.enrollment.Rows;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Prints how many lines a second a list takes; by its name no test of the suite. `-Dbulk.lines=…` for
/// another size.
final class BulkFigure {

    private static final int LINES = Integer.getInteger("bulk.lines", 100_000);

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("enrollments");

    private final Lists lists = Lists.as(platform, "enrollments:grant");

    @Test
    void a_list_of_one_course() throws Exception {
        // The first one only warms up.
        for (var lines : List.of(LINES / 10, LINES)) {
            var course = aCourse(platform).seats(LINES).build();
            var csv = new ArrayList<>(List.of("user_id"));
            Lists.learners(platform, lines).forEach(learner -> csv.add(learner.toString()));
            var list = lists.of(course, csv);
            print("dry run", ended(lists.begin(list, true)));
            var operation = ended(lists.begin(list, false));
            print("enrolled", operation);
            assertThat(operation.getState()).isEqualTo(OperationState.OPERATION_STATE_SUCCEEDED);
            assertThat(Rows.taken(platform, course)).isEqualTo(lines.longValue());
            assertThat(Rows.seatsAgree(platform, course)).isTrue();
        }
    }

    private Operation ended(Operation begun) throws Exception {
        var operation = lists.get(begun);
        while (!operation.hasEndTime()) {
            Thread.sleep(50);
            operation = lists.get(begun);
        }
        return operation;
    }

    private static void print(String what, Operation operation) {
        System.out.printf("%s: %,d lines, %,.0f a second%n", what, operation.getDone(), operation.getRate());
    }
}
