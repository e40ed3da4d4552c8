package org.aula.grades.gradebook;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.UUID;

/// Works out how learners did with the questions of a quiz.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface AnalysisRepository extends GenericRepository<ItemAnalysis, UUID> {

    /// Each learner's first graded attempt, since later ones know the questions.
    String FIRST = """
            WITH first AS (
                SELECT DISTINCT ON (user_id) id, score, max_score FROM quiz_submissions
                WHERE quiz_id = :quizId AND status = 'GRADED' ORDER BY user_id, attempt_number)
            """;

    /// Difficulty is the mean part of the points: for questions without partial credit the proportion of
    /// right answers, the p of L. Crocker and J. Algina, Introduction to Classical and Modern Test Theory
    /// (1986), chapter 14. Discrimination is Pearson's correlation of the question's points with those of
    /// the rest of the attempt, without the question itself, which would correlate with itself: for
    /// questions that are right or wrong the corrected point-biserial correlation (ibid.; S. Henrysson,
    /// Correction of item-total correlations in item analysis, Psychometrika 28, 1963). PostgreSQL's corr
    /// gives no answer where one side does not vary.
    @Query(FIRST + """
            SELECT r.question_id, count(*) AS count, count(r.answer_data) AS answered,
                   coalesce(avg(r.points_earned / nullif(r.max_points, 0)), 0) AS difficulty,
                   corr(r.points_earned / nullif(r.max_points, 0),
                        (first.score - r.points_earned) / nullif(first.max_score - r.max_points, 0))
                       AS discrimination
            FROM first JOIN quiz_responses r ON r.submission_id = first.id
            GROUP BY r.question_id ORDER BY r.question_id
            """)
    List<ItemAnalysis> list(UUID quizId);

    @Query(FIRST + "SELECT count(*) FROM first")
    int countLearners(UUID quizId);
}
