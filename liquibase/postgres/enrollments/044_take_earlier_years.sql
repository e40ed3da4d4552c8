--liquibase formatted sql

-- For enrolments that an institution brings along from another platform: an identifier of their own time, from 1970 on, is
-- a UUIDv7 too. One partition is enough for all that is past. There is none for "whatever else": it would have to be read
-- through for each year that is added, and what is ahead the service makes.
--changeset aula:enrollments-044-earlier-years
CREATE TABLE enrollments.enrollments_earlier PARTITION OF enrollments.enrollments
    FOR VALUES FROM (MINVALUE) TO ('019b76da-a800-0000-0000-000000000000');
CREATE TABLE enrollments.lesson_progress_earlier PARTITION OF enrollments.lesson_progress
    FOR VALUES FROM (MINVALUE) TO ('019b76da-a800-0000-0000-000000000000');
--rollback ALTER TABLE enrollments.lesson_progress DETACH PARTITION enrollments.lesson_progress_earlier;
--rollback DROP TABLE enrollments.lesson_progress_earlier;
--rollback ALTER TABLE enrollments.enrollments DETACH PARTITION enrollments.enrollments_earlier;
--rollback DROP TABLE enrollments.enrollments_earlier;
