\set n random(1, 20000)
BEGIN;
SELECT status, price_minor FROM courses_api.courses
WHERE id = ('019c0000-0000-7000-8000-09' || lpad(to_hex(:n::int), 10, '0'))::uuid;
WITH made AS (SELECT uuidv7() AS id, (SELECT id FROM auth.accounts WHERE email = 'bench-' || 1 + :n::int % 200 || '@aula.example') AS person),
key AS (
    INSERT INTO enrollments.enrollment_keys (user_id, course_id, enrollment_id)
    SELECT person, ('019c0000-0000-7000-8000-09' || lpad(to_hex(:n::int), 10, '0'))::uuid, id FROM made
    ON CONFLICT (user_id, course_id) DO NOTHING RETURNING *)
INSERT INTO enrollments.enrollments (id, user_id, course_id, status, source)
SELECT enrollment_id, user_id, course_id, 'ENROLLED', 'FREE' FROM key;
INSERT INTO enrollments.idempotency_keys (caller, method, request_id, request_hash, response)
VALUES ('pgbench', 'CreateEnrollment', uuidv7(), '\x00', decode(repeat('00', 200), 'hex'));
END;
