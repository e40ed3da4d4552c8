--liquibase formatted sql

-- The sum is kept, not the average: integers that are added and taken away leave no error behind. The average is what
-- is shown and what lists are ordered by, in hundredths, so that both are the same number.
--changeset aula:courses-011-ratings
ALTER TABLE courses.course_stats
    ADD COLUMN rating_sum bigint NOT NULL DEFAULT 0,
    ADD COLUMN review_count bigint NOT NULL DEFAULT 0,
    ADD COLUMN rating_hundredths integer NOT NULL GENERATED ALWAYS AS (
        CASE WHEN review_count = 0 THEN 0 ELSE CAST(round(rating_sum * 100.0 / review_count) AS integer) END) STORED,
    ADD CONSTRAINT course_stats_rating CHECK (rating_sum BETWEEN review_count AND 5 * review_count);
--rollback ALTER TABLE courses.course_stats DROP CONSTRAINT course_stats_rating;
--rollback ALTER TABLE courses.course_stats DROP COLUMN rating_hundredths, DROP COLUMN review_count, DROP COLUMN rating_sum;

-- Every course has its row from the beginning: lists that are ordered by a count can walk the index of the counts.
--changeset aula:courses-011-stats-of-every-course splitStatements:false
CREATE FUNCTION courses.add_course_stats() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO courses.course_stats (course_id) VALUES (NEW.id) ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER course_stats_of_every_course AFTER INSERT ON courses.courses
    FOR EACH ROW EXECUTE FUNCTION courses.add_course_stats();
INSERT INTO courses.course_stats (course_id) SELECT id FROM courses.courses ON CONFLICT DO NOTHING;
--rollback DROP TRIGGER course_stats_of_every_course ON courses.courses; DROP FUNCTION courses.add_course_stats();

--changeset aula:courses-011-orders-by-count
CREATE INDEX course_stats_popular ON courses.course_stats (enrollment_count, course_id);
CREATE INDEX course_stats_rated ON courses.course_stats (rating_hundredths, review_count, course_id);
--rollback DROP INDEX courses.course_stats_rated;
--rollback DROP INDEX courses.course_stats_popular;
