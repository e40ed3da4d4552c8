-- The data of the benchmarks, the same every time: 1,000 courses of the catalog with sections, lessons, tags and
-- reviews, one learner who is enrolled in all of them, and 20,000 plain free courses outside every category to enrol in.
\set ON_ERROR_STOP on
BEGIN;

-- A UUIDv7 of early 2026 that says what it is the id of.
CREATE FUNCTION pg_temp.id_of(kind int, number bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT ('019c0000-0000-7000-8000-' || lpad(to_hex(kind), 2, '0') || lpad(to_hex(number), 10, '0'))::uuid
$$;
CREATE FUNCTION pg_temp.words(seed bigint, count int) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT string_agg((ARRAY['learning', 'practice', 'method', 'theory', 'example', 'project', 'question', 'answer',
        'course', 'reading', 'reason', 'number', 'language', 'history', 'science', 'music'])
        [1 + abs(hashint8(seed * 1009 + place)) % 16], ' ' ORDER BY place)
    FROM generate_series(1, count) place
$$;

INSERT INTO auth.accounts (id, email, password_hash, status)
SELECT pg_temp.id_of(2, n), 'bench-' || n || '@aula.example', '!', 'ACTIVE' FROM generate_series(1, 200) n;
INSERT INTO users.users (id, first_name, last_name, avatar_url, short_bio)
SELECT pg_temp.id_of(2, n), 'Given' || n, 'Family' || n, 'https://example.org/people/' || n || '.png', pg_temp.words(n, 12)
FROM generate_series(1, 200) n;

INSERT INTO courses.course_categories (id, name, slug, parent_id, sort_order)
SELECT pg_temp.id_of(3, parent * 10 + child), 'Bench ' || parent || '.' || child, 'bench-' || parent || '-' || child,
       ('019b76da-a800-7000-8000-00000000c00' || parent)::uuid, child
FROM generate_series(1, 5) parent, generate_series(1, 4) child;
INSERT INTO courses.tags (id, name, color)
SELECT pg_temp.id_of(4, n), 'bench-tag-' || n, '#' || lpad(to_hex(n * 4099), 6, '0') FROM generate_series(1, 40) n;

INSERT INTO courses.courses (
    id, instructor_id, category_id, title, slug, short_description, full_description, price_minor, original_price_minor,
    currency_code, level, language_code, status, estimated_duration_hours, requirements, learning_objectives,
    target_audience, created_at, updated_at, published_at)
SELECT pg_temp.id_of(1, n), pg_temp.id_of(2, 1 + n % 50), pg_temp.id_of(3, (1 + n % 5) * 10 + 1 + n % 4),
    initcap(pg_temp.words(n, 5)) || ' ' || n, 'bench-course-' || n, pg_temp.words(n + 1, 25),
    '<p>' || pg_temp.words(n + 2, 90) || '</p><p>' || pg_temp.words(n + 3, 90) || '</p>',
    n % 3 * 1900, CASE WHEN n % 6 = 1 THEN 2900 END, 'EUR',
    (ARRAY['BEGINNER', 'INTERMEDIATE', 'ADVANCED'])[1 + n / 5 % 3], (ARRAY['en', 'de'])[1 + n / 15 % 2],
    'PUBLISHED', 10 + n % 40, to_jsonb(ARRAY[pg_temp.words(n, 8), pg_temp.words(n + 4, 8)]),
    to_jsonb(ARRAY[pg_temp.words(n + 5, 9), pg_temp.words(n + 6, 9), pg_temp.words(n + 7, 9)]),
    to_jsonb(ARRAY[pg_temp.words(n + 8, 6)]),
    timestamptz '2026-02-01' + n * interval '1 minute', timestamptz '2026-03-01' + n * interval '1 minute',
    timestamptz '2026-02-02' + n * interval '1 minute'
FROM generate_series(1, 1000) n;
INSERT INTO courses.course_tags (course_id, tag_id)
SELECT pg_temp.id_of(1, n), pg_temp.id_of(4, 1 + (n * 7 + t * 11) % 40) FROM generate_series(1, 1000) n, generate_series(1, 3) t;
INSERT INTO courses.course_prerequisites (course_id, prerequisite_id)
SELECT pg_temp.id_of(1, n), pg_temp.id_of(1, n - 1) FROM generate_series(2, 1000) n WHERE n % 4 = 0;

INSERT INTO courses.course_sections (id, course_id, title, description, sort_order)
SELECT pg_temp.id_of(5, n * 10 + s), pg_temp.id_of(1, n), 'Part ' || s || ' ' || pg_temp.words(n + s, 3), pg_temp.words(n, 15), s
FROM generate_series(1, 1000) n, generate_series(0, 4) s;
INSERT INTO courses.lessons (id, section_id, course_id, title, type, duration_seconds, preview, sort_order, updated_at)
SELECT pg_temp.id_of(6, n * 100 + s * 10 + l), pg_temp.id_of(5, n * 10 + s), pg_temp.id_of(1, n),
    'Lesson ' || l || ' ' || pg_temp.words(n + l, 4),
    (ARRAY['VIDEO', 'ARTICLE'])[1 + l % 2], 60 + l * 30, l = 0 AND s = 0, l, timestamptz '2026-03-01' + l * interval '1 minute'
FROM generate_series(1, 1000) n, generate_series(0, 4) s, generate_series(0, 7) l;

INSERT INTO courses.course_reviews (id, course_id, user_id, rating, title, text, verified, helpful_count, created_at, updated_at)
SELECT pg_temp.id_of(7, n * 100 + r), pg_temp.id_of(1, n), pg_temp.id_of(2, 51 + (n + r * 13) % 150), 1 + (n + r) % 5,
    pg_temp.words(n + r, 4), pg_temp.words(n * 3 + r, 30), true, r, timestamptz '2026-04-01' + r * interval '1 hour',
    timestamptz '2026-04-01' + r * interval '1 hour'
FROM generate_series(1, 1000) n, generate_series(1, 10) r;
UPDATE courses.course_stats stats
SET rating_sum = found.rating, review_count = found.reviews, enrollment_count = 1
FROM (SELECT course_id, sum(rating) AS rating, count(*) AS reviews FROM courses.course_reviews GROUP BY course_id) found
WHERE found.course_id = stats.course_id;

-- The demo's student learns everything, and has begun each course.
INSERT INTO enrollments.enrollments (
    id, user_id, course_id, status, source, progress_percentage, started_at, last_accessed_at, created_at, updated_at)
SELECT pg_temp.id_of(8, n), account.id, pg_temp.id_of(1, n), 'IN_PROGRESS', 'FREE', 25, timestamptz '2026-05-01',
    timestamptz '2026-05-02', timestamptz '2026-05-01', timestamptz '2026-05-02'
FROM generate_series(1, 1000) n, auth.accounts account WHERE account.email = 'student@aula.example';
INSERT INTO enrollments.enrollment_keys (user_id, course_id, enrollment_id)
SELECT user_id, course_id, id FROM enrollments.enrollments WHERE id >= pg_temp.id_of(8, 0) AND id <= pg_temp.id_of(8, 1000);
INSERT INTO enrollments.lesson_progress (
    enrollment_id, lesson_id, status, time_spent_seconds, position_seconds, first_accessed_at, last_accessed_at, completed_at,
    attempts, last_attempt_at)
SELECT pg_temp.id_of(8, n), pg_temp.id_of(6, n * 100 + l), 'COMPLETED', 60 + l, 30, timestamptz '2026-05-01',
    timestamptz '2026-05-02', timestamptz '2026-05-02', 1, timestamptz '2026-05-01'
FROM generate_series(1, 1000) n, generate_series(0, 7) l;

INSERT INTO courses.courses (id, instructor_id, title, slug, language_code, status, published_at, created_at, updated_at)
SELECT pg_temp.id_of(9, n), pg_temp.id_of(2, 1 + n % 50), 'Plain ' || n, 'bench-plain-' || n, 'fr', 'PUBLISHED',
    timestamptz '2026-02-02', timestamptz '2026-02-01', timestamptz '2026-02-01'
FROM generate_series(1, 20000) n;
COMMIT;

CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
VACUUM ANALYZE;
