package org.aula.courses.olx;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/// Makes one quiz of the problems of a lesson, with what the course says of them all.
final class QuizReader {
    private static final int MAX_ATTEMPTS = 100;

    private final Outline outline;
    private final ProblemReader problems;

    QuizReader(Outline outline, ProblemReader problems) {
        this.outline = outline;
        this.problems = problems;
    }

    /// Empty when the lesson has no problem that can be imported.
    Optional<ImportedQuiz> read(Outline.Lesson lesson) {
        var questions = new ArrayList<ImportedQuestion>();
        var attempts = new ArrayList<Integer>();
        var shown = EnumSet.noneOf(ImportedQuiz.Shown.class);
        for (Outline.Component problem : problems(lesson)) {
            List<ImportedQuestion> read = problems.read(problem);
            if (!read.isEmpty()) {
                questions.addAll(read);
                attempts.add(attempts(lesson, problem));
                shown.add(shown(lesson, problem));
            }
        }
        return questions.isEmpty()
                ? Optional.empty()
                : Optional.of(new ImportedQuiz(
                        questions,
                        ofLesson(lesson, "graded")
                                .filter("true"::equalsIgnoreCase)
                                .isPresent(),
                        attempts.contains(0)
                                ? 0
                                : attempts.stream()
                                        .mapToInt(Integer::intValue)
                                        .max()
                                        .orElse(0),
                        shown.stream().max(ImportedQuiz.Shown::compareTo).orElseThrow()));
    }

    private static List<Outline.Component> problems(Outline.Lesson lesson) {
        return lesson.pages().stream()
                .flatMap(page -> page.components().stream())
                .filter(Outline.Component::isProblem)
                .toList();
    }

    private int attempts(Outline.Lesson lesson, Outline.Component problem) {
        return ofProblem(lesson, problem, "max_attempts")
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(text -> Math.min(Integer.parseInt(text), MAX_ATTEMPTS))
                .orElse(0);
    }

    /// Open edX's own rule is `finished`: once the answer is right or no attempt is left.
    private ImportedQuiz.Shown shown(Outline.Lesson lesson, Outline.Component problem) {
        return switch (ofProblem(lesson, problem, "showanswer").orElse("finished")) {
            case "always", "attempted", "attempted_no_past_due", "after_attempts", "after_all_attempts" ->
                ImportedQuiz.Shown.AFTER_SUBMIT;
            case "closed", "past_due" -> ImportedQuiz.Shown.AFTER_CLOSE;
            case "never" -> ImportedQuiz.Shown.NEVER;
            default -> ImportedQuiz.Shown.AFTER_PASS;
        };
    }

    private Optional<String> ofProblem(Outline.Lesson lesson, Outline.Component problem, String name) {
        return said(problem.element(), problem.id(), name).or(() -> ofLesson(lesson, name));
    }

    private Optional<String> ofLesson(Outline.Lesson lesson, String name) {
        return said(lesson.element(), lesson.id(), name).or(() -> said(outline.course(), outline.run(), name));
    }

    private Optional<String> said(XmlNode.Element element, String id, String name) {
        return element.attribute(name)
                .filter(text -> !text.equals("null"))
                .or(() -> outline.policy().scalar(element.name(), id, name));
    }
}
