-- What PostGraphile sees: views with the relations of the course page named in comments, as its documentation has it for
-- views. Of enrollments and progress each caller's own.
\set ON_ERROR_STOP on
DROP SCHEMA IF EXISTS page CASCADE;
CREATE SCHEMA page;
DO $$ BEGIN
    CREATE ROLE page_reader NOLOGIN;
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;

CREATE FUNCTION page.caller() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT nullif(current_setting('aula.caller', true), '')::uuid
$$;
COMMENT ON FUNCTION page.caller() IS '@behavior -*';

CREATE VIEW page.people AS
    SELECT id, first_name, last_name, avatar_url, short_bio FROM users.users WHERE deleted_at IS NULL;
COMMENT ON VIEW page.people IS '@primaryKey id';
CREATE VIEW page.courses AS
    SELECT id, instructor_id, title, slug, short_description, full_description, level, language_code, price_minor,
           currency_code
    FROM courses.courses WHERE deleted_at IS NULL AND status = 'PUBLISHED';
COMMENT ON VIEW page.courses IS E'@primaryKey id\n@foreignKey (instructor_id) references people (id)|@fieldName instructor';
CREATE VIEW page.sections AS
    SELECT id, course_id, title, description, sort_order FROM courses.course_sections;
COMMENT ON VIEW page.sections IS E'@primaryKey id\n@foreignKey (course_id) references courses (id)|@foreignFieldName sections';
CREATE VIEW page.lessons AS
    SELECT id, section_id, title, type, sort_order, duration_seconds, preview, mandatory
    FROM courses.lessons WHERE deleted_at IS NULL;
COMMENT ON VIEW page.lessons IS E'@primaryKey id\n@foreignKey (section_id) references sections (id)|@foreignFieldName lessons';
CREATE VIEW page.reviews AS
    SELECT id, course_id, user_id, rating, title, text, helpful_count FROM courses.course_reviews WHERE visible;
COMMENT ON VIEW page.reviews IS E'@primaryKey id\n@foreignKey (course_id) references courses (id)|@foreignFieldName reviews\n@foreignKey (user_id) references people (id)|@fieldName author';
CREATE VIEW page.enrollments AS
    SELECT id, course_id, status, progress_percentage, started_at FROM enrollments.enrollments
    WHERE user_id = (SELECT page.caller());
COMMENT ON VIEW page.enrollments IS E'@primaryKey id\n@unique course_id\n@foreignKey (course_id) references courses (id)|@foreignFieldName myEnrollment';
CREATE VIEW page.progress AS
    SELECT progress.lesson_id, progress.status, progress.completed_at
    FROM enrollments.lesson_progress progress JOIN enrollments.enrollments mine ON mine.id = progress.enrollment_id
    WHERE mine.user_id = (SELECT page.caller());
COMMENT ON VIEW page.progress IS E'@primaryKey lesson_id\n@foreignKey (lesson_id) references lessons (id)|@foreignFieldName progress';

GRANT USAGE ON SCHEMA page TO page_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA page TO page_reader;
