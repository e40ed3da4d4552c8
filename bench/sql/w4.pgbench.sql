\set turn :turn + 1
\set n (:client_id + 4 * :turn) % 20000 + 1
BEGIN;
SELECT status, price_minor FROM courses_api.courses
WHERE id = ('019c0000-0000-7000-8000-09' || lpad(to_hex(:n::int), 10, '0'))::uuid;
SELECT p.prerequisite_id FROM courses_api.course_prerequisites p
WHERE p.course_id = ('019c0000-0000-7000-8000-09' || lpad(to_hex(:n::int), 10, '0'))::uuid AND NOT EXISTS (
    SELECT FROM enrollments.enrollment_keys k JOIN enrollments.enrollments e ON e.id = k.enrollment_id
    WHERE k.user_id = ('019c0000-0000-7000-8000-02' || lpad(to_hex(1 + :n::int % 200), 10, '0'))::uuid
        AND k.course_id = p.prerequisite_id AND e.completed_at IS NOT NULL AND e.status <> 'REFUNDED');
WITH made AS (SELECT uuidv7() AS id, ('019c0000-0000-7000-8000-02' || lpad(to_hex(1 + :n::int % 200), 10, '0'))::uuid AS person),
key AS (
    INSERT INTO enrollments.enrollment_keys (user_id, course_id, enrollment_id)
    SELECT person, ('019c0000-0000-7000-8000-09' || lpad(to_hex(:n::int), 10, '0'))::uuid, id FROM made
    ON CONFLICT (user_id, course_id) DO NOTHING RETURNING *)
INSERT INTO enrollments.enrollments (id, user_id, course_id, status, source)
SELECT enrollment_id, user_id, course_id, 'ENROLLED', 'FREE' FROM key;
INSERT INTO enrollments.course_seats AS s (course_id, taken)
VALUES (('019c0000-0000-7000-8000-09' || lpad(to_hex(:n::int), 10, '0'))::uuid, 1)
ON CONFLICT (course_id) DO UPDATE SET taken = s.taken + 1
WHERE coalesce(s.taken + s.offered + s.waiting < (
    SELECT max_students FROM courses_api.courses
    WHERE id = ('019c0000-0000-7000-8000-09' || lpad(to_hex(:n::int), 10, '0'))::uuid), true);
INSERT INTO enrollments.idempotency_keys (caller, method, request_id, request_hash, response)
VALUES ('pgbench', 'CreateEnrollment', uuidv7(), '\x00', decode(repeat('00', 200), 'hex'));
INSERT INTO enrollments.outbox (event_id, type, key, envelope)
SELECT uuidv7(), 'aula.bench.Nothing', '019c0000-0000-7000-8000-0d0000000000', decode(
    '0a2430313963303030302d303030302d373030302d383030302d303030303030303030303030121261756c612e62656e63682e4e6f7468'
    '696e67222430313963303030302d303030302d373030302d383030302d3032303030303030303030312a2430313963303030302d303030'
    '302d373030302d383030302d3064303030303030303030303aa2010a26747970652e676f6f676c65617069732e636f6d2f61756c612e62'
    '656e63682e4e6f7468696e6712787878787878787878787878787878787878787878787878787878787878787878787878787878787878'
    '78787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878'
    '787878787878787878787878787878787878787878787878', 'hex')
FROM generate_series(1, 2);
END;
