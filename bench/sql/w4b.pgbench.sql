\set turn :turn + 1
\set number (:client_id + 4 * :turn) % 5000
BEGIN;
SELECT id, quiz_id, course_id, user_id, (SELECT published_version FROM assignments_api.quizzes WHERE id = quiz_id)
FROM grades.quiz_submissions WHERE id = ('019c0000-0000-7000-8000-0d' || lpad(to_hex(:number::int), 10, '0'))::uuid
FOR UPDATE OF quiz_submissions \gset
SELECT question_id, answer_data, is_correct, points_earned FROM grades.quiz_responses WHERE submission_id = :id::uuid;
INSERT INTO grades.quiz_responses (
    id, submission_id, question_id, answer_data, state, is_correct, points_earned, max_points, created_at, updated_at)
SELECT uuidv7(), :id::uuid, ('019c0000-0000-7000-8000-0c' || lpad(to_hex(place), 10, '0'))::uuid,
    jsonb_build_object('questionId', '019c0000-0000-7000-8000-0c0000000000', 'choice', '{"optionIds": ["a", "c"]}'::jsonb),
    'GRADED', true, 4, 4, now(), now()
FROM generate_series(0, 9) place
ON CONFLICT (submission_id, question_id) DO UPDATE
SET answer_data = excluded.answer_data, state = excluded.state, is_correct = excluded.is_correct,
    points_earned = excluded.points_earned, max_points = excluded.max_points, updated_at = excluded.updated_at;
UPDATE grades.quiz_submissions
SET status = 'GRADED', score = 40, max_score = 40, passed = true, time_spent_seconds = 600, submitted_at = now(),
    graded_at = now(), version = version + 2
WHERE id = :id::uuid;
INSERT INTO grades.score_changes (
    id, submission_id, kind, actor, from_score, to_score, max_score, quiz_version, changed_at)
VALUES (uuidv7(), :id::uuid, 'SUBMIT', :user_id, 0, 40, 40, 1, now());
INSERT INTO grades.outbox (event_id, type, key, envelope)
VALUES (uuidv7(), 'aula.grades.v1.QuizGraded', :id, decode(
    '0a2430313963303030302d303030302d373030302d383030302d303030303030303030303030121961756c612e6772616465732e76312e'
    '5175697a4772616465641a0b08a0f3d1cf06108094ef3a222430313963303030302d303030302d373030302d383030302d303230303030'
    '3030303030312a2430313963303030302d303030302d373030302d383030302d3064303030303030303030303a84020a2d747970652e67'
    '6f6f676c65617069732e636f6d2f61756c612e6772616465732e76312e5175697a47726164656412d2010a2430313963303030302d3030'
    '30302d373030302d383030302d306430303030303030303030122430313963303030302d303030302d373030302d383030302d30623030'
    '30303030303030301a2430313963303030302d303030302d373030302d383030302d3061303030303030303030312a2430313963303030'
    '302d303030302d373030302d383030302d303230303030303030303031322430313963303030302d303030302d373030302d383030302d'
    '3065303030303030303036353801410000000000404040490000000000004440',
    'hex'));
INSERT INTO grades.gradebook_items AS known (id, course_id, kind, title, max_points, item_version)
SELECT :quiz_id::uuid, :course_id::uuid, 'QUIZ', 'Quiz', 40, 1
WHERE NOT EXISTS (SELECT FROM grades.gradebook_items WHERE id = :quiz_id::uuid AND item_version >= 1)
ON CONFLICT (id) DO UPDATE
SET title = excluded.title, max_points = excluded.max_points, item_version = excluded.item_version
WHERE known.item_version < excluded.item_version;
INSERT INTO grades.gradebook_scores (
    course_id, user_id, item_id, source_id, points, raw_points, max_points, late_penalty_percent)
SELECT :course_id::uuid, :user_id::uuid, :quiz_id::uuid, id, score, score, max_score, 0 FROM grades.quiz_submissions
WHERE user_id = :user_id::uuid AND quiz_id = :quiz_id::uuid AND status = 'GRADED'
ORDER BY score / nullif(max_score, 0) DESC NULLS LAST, id LIMIT 1
ON CONFLICT (course_id, user_id, item_id) DO UPDATE
SET source_id = excluded.source_id, points = excluded.points, raw_points = excluded.raw_points,
    max_points = excluded.max_points, late_penalty_percent = excluded.late_penalty_percent;
INSERT INTO grades.gradebook (course_id, user_id, dirty, updated_at) VALUES (:course_id::uuid, :user_id::uuid, true, now())
ON CONFLICT (course_id, user_id) DO UPDATE SET dirty = true, updated_at = excluded.updated_at;
END;
