-- Five thousand attempts under way: each of fifty learners at each of a hundred quizzes. Neighbours share neither learner
-- nor quiz nor course, so that no lock of the gradebook decides. What was handed in before is taken away.
\set ON_ERROR_STOP on
BEGIN;
CREATE FUNCTION pg_temp.id_of(kind int, number bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT ('019c0000-0000-7000-8000-' || lpad(to_hex(kind), 2, '0') || lpad(to_hex(number), 10, '0'))::uuid
$$;
TRUNCATE grades.quiz_responses, grades.score_changes, grades.quiz_submissions;
DELETE FROM grades.gradebook_scores WHERE course_id BETWEEN pg_temp.id_of(10, 0) AND pg_temp.id_of(10, 10);
DELETE FROM grades.gradebook_items WHERE course_id BETWEEN pg_temp.id_of(10, 0) AND pg_temp.id_of(10, 10);
DELETE FROM grades.gradebook WHERE course_id BETWEEN pg_temp.id_of(10, 0) AND pg_temp.id_of(10, 10);
INSERT INTO grades.quiz_submissions (
    id, quiz_id, quiz_version, course_id, user_id, enrollment_id, request_id, attempt_number, status, seed, max_score,
    started_at)
SELECT pg_temp.id_of(13, number), pg_temp.id_of(11, quiz), 1, pg_temp.id_of(10, 1 + quiz % 10), pg_temp.id_of(2, learner + 1),
    pg_temp.id_of(14, (1 + quiz % 10) * 100 + learner + 1), gen_random_uuid(), 1, 'IN_PROGRESS', number, 40,
    now() - interval '10 minutes'
FROM generate_series(0, 4999) number,
    LATERAL (SELECT number % 50 AS learner, (number / 50 + 2 * (number % 50)) % 100 AS quiz) place;
COMMIT;
ANALYZE grades.quiz_submissions;
-- Not quiz_responses: of a table known to be empty the planner believes that it stays so.
VACUUM grades.gradebook_scores, grades.gradebook_items, grades.gradebook;
