-- Takes away what W9 enrolled, so that the next slice begins where this one did.
\set ON_ERROR_STOP on
BEGIN;
DELETE FROM enrollments.enrollments WHERE course_id = '019c0000-0000-7000-8000-110000000001';
DELETE FROM enrollments.course_seats WHERE course_id = '019c0000-0000-7000-8000-110000000001';
DELETE FROM enrollments.enrollment_lists;
COMMIT;
VACUUM enrollments.enrollments, enrollments.enrollment_keys;
