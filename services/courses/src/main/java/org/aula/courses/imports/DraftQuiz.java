package org.aula.courses.imports;

import java.util.List;
import java.util.UUID;
import org.aula.courses.olx.ImportedQuestion;
import org.aula.courses.olx.ImportedQuiz;

/// A quiz as an import makes it.
///
/// @param imported what the course says of it
/// @param questions those of the imported ones that are in it, with addresses of ours
record DraftQuiz(UUID lessonId, String title, ImportedQuiz imported, List<ImportedQuestion> questions) {
    DraftQuiz {
        questions = List.copyOf(questions);
    }
}
