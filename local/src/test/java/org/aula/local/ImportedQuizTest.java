package org.aula.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.aula.kernel.testing.Await;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The problem of an imported course as a learner takes it, by GraphQL through Envoy.
final class ImportedQuizTest {

    @TempDir
    private Path folder;

    @Test
    void isTakenGradedAndCompletesItsLesson() throws Exception {
        var edge = Edge.get();
        var author = new Screens(edge, edge.person("instructor"));
        var admin = new Screens(edge, edge.person("admin"));
        var learner = new Screens(edge, edge.person());
        var course = imported(author);
        author.change("submitCourse", Map.of("courseId", course), "course { id }");
        admin.change("publishCourse", Map.of("courseId", course), "course { id }");
        var enrollment = Screens.id(learner.make("enroll", Map.of("courseId", course), "enrollment", "id"));

        var quiz = quizzes(learner, course).get(0).getAsJsonObject();
        assertThat(quiz.get("title").getAsString()).isEqualTo("Choosing indexes");
        var attempt = learner.make(
                "startAttempt",
                Map.of("quizId", Screens.id(quiz)),
                "attempt",
                "id questions { question { questionId text options { key text } } key { __typename } }");
        var asked = attempt.getAsJsonArray("questions").get(0).getAsJsonObject();
        assertThat(asked.get("key").isJsonNull()).isTrue();
        var question = asked.getAsJsonObject("question");
        assertThat(question.get("text").getAsString()).contains("Which query does it not help?");
        var submitted = learner.make(
                "submitAttempt",
                Map.of(
                        "attemptId",
                        Screens.id(attempt),
                        "answers",
                        List.of(Map.of(
                                "questionId",
                                question.get("questionId").getAsString(),
                                "choice",
                                Map.of("optionKeys", List.of(option(question, "created_at &gt;")))))),
                "attempt",
                "status score maxScore");

        assertThat(submitted.get("status").getAsString()).isEqualTo("GRADED");
        assertThat(submitted.get("score").getAsDouble()).isEqualTo(1);
        assertThat(submitted.get("maxScore").getAsDouble()).isEqualTo(1);
        Await.until("the lesson of the quiz is completed", () -> progress(learner, enrollment) > 0);
    }

    private String imported(Screens author) throws Exception {
        var archive = Files.readAllBytes(packed());
        var asset = Screens.id(Uploads.put(author, "application/gzip", archive, "PRIVATE"));
        author.change("completeUpload", Map.of("assetId", asset), "asset { state }");
        var operation = Screens.id(author.make("importCourse", Map.of("assetId", asset), "operation", "id"));
        var question = "{ operation(id: \"%s\") { state failure issueCount course { id } } }".formatted(operation);
        Await.until("the import ends", () -> isEnded(author, question));
        var ended = author.read(question).getAsJsonObject("operation");
        assertThat(ended.get("state").getAsString()).as(ended.toString()).isEqualTo("SUCCEEDED");
        assertThat(ended.get("issueCount").getAsInt()).as("nothing is left out").isZero();
        return Screens.id(ended.getAsJsonObject("course"));
    }

    private Path packed() throws IOException, InterruptedException {
        var archive = folder.resolve("demo-course.tar.gz");
        var tar = new ProcessBuilder("tar", "-czf", archive.toString(), "-C", ".", "demo-course")
                .inheritIO()
                .start();
        assertThat(tar.waitFor()).isZero();
        return archive;
    }

    private static boolean isEnded(Screens author, String question) {
        var state =
                ask(author, question).getAsJsonObject("operation").get("state").getAsString();
        return !state.equals("PENDING") && !state.equals("RUNNING");
    }

    private static JsonArray quizzes(Screens learner, String course) {
        return ask(
                        learner,
                        "{ course(id: \"%s\") { learnerQuizzes(first: 5) { nodes { id title } } } }".formatted(course))
                .getAsJsonObject("course")
                .getAsJsonObject("learnerQuizzes")
                .getAsJsonArray("nodes");
    }

    private static String option(JsonObject question, String part) {
        for (var option : question.getAsJsonArray("options")) {
            if (option.getAsJsonObject().get("text").getAsString().contains(part)) {
                return option.getAsJsonObject().get("key").getAsString();
            }
        }
        throw new AssertionError("no option says " + part + ": " + question);
    }

    private static double progress(Screens learner, String enrollment) {
        return ask(learner, "{ node(id: \"%s\") { ... on Enrollment { progressPercentage } } }".formatted(enrollment))
                .getAsJsonObject("node")
                .get("progressPercentage")
                .getAsDouble();
    }

    private static JsonObject ask(Screens who, String question) {
        try {
            return who.read(question);
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
