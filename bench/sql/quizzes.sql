-- What W4's quiz part needs beside the seed: ten courses with fifty learners, who can sign in as the demo's student does.
\set ON_ERROR_STOP on
BEGIN;
CREATE FUNCTION pg_temp.id_of(kind int, number bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT ('019c0000-0000-7000-8000-' || lpad(to_hex(kind), 2, '0') || lpad(to_hex(number), 10, '0'))::uuid
$$;
UPDATE auth.accounts account SET password_hash = student.password_hash
FROM auth.accounts student
WHERE student.email = 'student@aula.example' AND account.id BETWEEN pg_temp.id_of(2, 1) AND pg_temp.id_of(2, 50);
INSERT INTO auth.account_roles (account_id, role)
SELECT pg_temp.id_of(2, learner), 'student' FROM generate_series(1, 50) learner ON CONFLICT DO NOTHING;

INSERT INTO courses.courses (id, instructor_id, title, slug, language_code, status, published_at, created_at, updated_at)
SELECT pg_temp.id_of(10, course), pg_temp.id_of(2, 200), 'Quizzed ' || course, 'bench-quizzed-' || course, 'fr', 'PUBLISHED',
    timestamptz '2026-02-02', timestamptz '2026-02-01', timestamptz '2026-02-01'
FROM generate_series(1, 10) course ON CONFLICT DO NOTHING;
INSERT INTO enrollments.enrollments (id, user_id, course_id, status, source, started_at, created_at, updated_at)
SELECT pg_temp.id_of(14, course * 100 + learner), pg_temp.id_of(2, learner), pg_temp.id_of(10, course), 'IN_PROGRESS', 'FREE',
    timestamptz '2026-05-01', timestamptz '2026-05-01', timestamptz '2026-05-01'
FROM generate_series(1, 10) course, generate_series(1, 50) learner ON CONFLICT DO NOTHING;
INSERT INTO enrollments.enrollment_keys (user_id, course_id, enrollment_id)
SELECT pg_temp.id_of(2, learner), pg_temp.id_of(10, course), pg_temp.id_of(14, course * 100 + learner)
FROM generate_series(1, 10) course, generate_series(1, 50) learner ON CONFLICT DO NOTHING;

-- One hundred quizzes, ten in a course; their versions come out of quizzes.py.
INSERT INTO assignments.quizzes (
    id, course_id, title, total_points, question_count, passing_score_percentage, status, published_version, published_at,
    created_at, updated_at)
SELECT pg_temp.id_of(11, quiz), pg_temp.id_of(10, 1 + quiz % 10), 'Quiz ' || quiz, 40, 10, 60, 'PUBLISHED', 1,
    timestamptz '2026-05-01', timestamptz '2026-05-01', timestamptz '2026-05-01'
FROM generate_series(0, 99) quiz ON CONFLICT DO NOTHING;
COMMIT;
