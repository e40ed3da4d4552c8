package org.aula.courses.imports;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.aula.courses.course.Course;
import org.aula.courses.lesson.Lesson;
import org.aula.courses.lesson.LessonContent.Page;
import org.aula.courses.section.Section;

/// A course as an import makes it.
///
/// @param contents pages by the lesson's id
/// @param quizzes to be made once the lessons are there
record Draft(
        Course course,
        List<Section> sections,
        List<Lesson> lessons,
        Map<UUID, List<Page>> contents,
        List<DraftQuiz> quizzes) {}
