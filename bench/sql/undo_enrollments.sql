-- Takes away what W4 enrolled, so that the next slice begins where this one did.
\set ON_ERROR_STOP on
BEGIN;
DELETE FROM enrollments.enrollments WHERE course_id >= '019c0000-0000-7000-8000-090000000000'
    AND course_id <= '019c0000-0000-7000-8000-0900ffffffff';
DELETE FROM enrollments.course_seats WHERE course_id >= '019c0000-0000-7000-8000-090000000000'
    AND course_id <= '019c0000-0000-7000-8000-0900ffffffff';
DELETE FROM enrollments.idempotency_keys;
COMMIT;
VACUUM enrollments.enrollments, enrollments.enrollment_keys, enrollments.course_seats, enrollments.idempotency_keys;
