\set n random(1, 1000)
SELECT id, instructor_id, category_id, title, slug, short_description, full_description, price_minor, currency_code,
       level, language_code, status, requirements, learning_objectives, target_audience, version, created_at,
       updated_at, published_at
FROM courses.courses
WHERE id = ('019c0000-0000-7000-8000-01' || lpad(to_hex(:n::int), 10, '0'))::uuid AND deleted_at IS NULL;
