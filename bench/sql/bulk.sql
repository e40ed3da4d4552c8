-- What W9 needs beside the seed: accounts to enrol, and two courses of so many graded learners each.
\set ON_ERROR_STOP on
BEGIN;
CREATE FUNCTION pg_temp.id_of(kind int, number bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT ('019c0000-0000-7000-8000-' || lpad(to_hex(kind), 2, '0') || lpad(to_hex(number), 10, '0'))::uuid
$$;
INSERT INTO auth.accounts (id, email, password_hash, status)
SELECT pg_temp.id_of(16, n), 'bulk-' || n || '@aula.example', '!', 'ACTIVE' FROM generate_series(1, :accounts) n
ON CONFLICT DO NOTHING;
-- Course 1 is the one to enrol in; of the others the number says how many learners they have.
INSERT INTO courses.courses (id, instructor_id, title, slug, language_code, status, published_at, created_at, updated_at)
SELECT pg_temp.id_of(17, n), pg_temp.id_of(2, 200), 'Many ' || n, 'bench-many-' || n, 'fr', 'PUBLISHED',
    timestamptz '2026-02-02', timestamptz '2026-02-01', timestamptz '2026-02-01'
FROM unnest(ARRAY[1, :few, :many]) n ON CONFLICT DO NOTHING;
INSERT INTO grades.gradebook_items (id, course_id, kind, title, max_points, item_version)
SELECT pg_temp.id_of(18, n * 100 + item), pg_temp.id_of(17, n), 'QUIZ', 'Quiz ' || item, 40, 1
FROM unnest(ARRAY[:few, :many]) n, generate_series(0, 9) item ON CONFLICT DO NOTHING;
INSERT INTO grades.gradebook_scores (course_id, user_id, item_id, source_id, points, raw_points, max_points)
SELECT pg_temp.id_of(17, n), pg_temp.id_of(16, learner), pg_temp.id_of(18, n * 100 + item), uuidv7(),
    (learner + item * 7) % 41, (learner + item * 7) % 41, 40
FROM unnest(ARRAY[:few, :many]) n, generate_series(1, n) learner, generate_series(0, 9) item ON CONFLICT DO NOTHING;
INSERT INTO grades.gradebook (course_id, user_id, percentage, letter, points, dirty, updated_at)
SELECT pg_temp.id_of(17, n), pg_temp.id_of(16, learner), 50, 'F', 200, false, timestamptz '2026-05-01'
FROM unnest(ARRAY[:few, :many]) n, generate_series(1, n) learner ON CONFLICT DO NOTHING;
COMMIT;
VACUUM ANALYZE auth.accounts, grades.gradebook_scores, grades.gradebook_items, grades.gradebook;
