--liquibase formatted sql

-- The order of titles and names in lists, beside them; the triggers are for writers that know no keys.
--changeset aula:courses-042-courses
ALTER TABLE courses.courses ADD COLUMN sort_key bytea;
UPDATE courses.courses SET sort_key = public.fallback_sort_key(title);
ALTER TABLE courses.courses ALTER COLUMN sort_key SET NOT NULL;
CREATE TRIGGER courses_fallback_on_insert BEFORE INSERT ON courses.courses FOR EACH ROW
    WHEN (NEW.sort_key IS NULL) EXECUTE FUNCTION public.set_fallback_sort_key('title');
CREATE TRIGGER courses_fallback_on_update BEFORE UPDATE OF title ON courses.courses FOR EACH ROW
    WHEN (NEW.title <> OLD.title AND NEW.sort_key = OLD.sort_key) EXECUTE FUNCTION public.set_fallback_sort_key('title');
CREATE INDEX courses_sort_key ON courses.courses (sort_key, id);
--rollback DROP TRIGGER courses_fallback_on_update ON courses.courses;
--rollback DROP TRIGGER courses_fallback_on_insert ON courses.courses;
--rollback ALTER TABLE courses.courses DROP COLUMN sort_key;

--changeset aula:courses-042-course-categories
ALTER TABLE courses.course_categories ADD COLUMN sort_key bytea;
UPDATE courses.course_categories SET sort_key = public.fallback_sort_key(name::text);
ALTER TABLE courses.course_categories ALTER COLUMN sort_key SET NOT NULL;
CREATE TRIGGER course_categories_fallback_on_insert BEFORE INSERT ON courses.course_categories FOR EACH ROW
    WHEN (NEW.sort_key IS NULL) EXECUTE FUNCTION public.set_fallback_sort_key('name');
CREATE TRIGGER course_categories_fallback_on_update BEFORE UPDATE OF name ON courses.course_categories FOR EACH ROW
    WHEN (NEW.name::text <> OLD.name::text AND NEW.sort_key = OLD.sort_key) EXECUTE FUNCTION public.set_fallback_sort_key('name');
CREATE INDEX course_categories_sort_key ON courses.course_categories (sort_key, id);
--rollback DROP TRIGGER course_categories_fallback_on_update ON courses.course_categories;
--rollback DROP TRIGGER course_categories_fallback_on_insert ON courses.course_categories;
--rollback ALTER TABLE courses.course_categories DROP COLUMN sort_key;

--changeset aula:courses-042-tags
ALTER TABLE courses.tags ADD COLUMN sort_key bytea;
UPDATE courses.tags SET sort_key = public.fallback_sort_key(name::text);
ALTER TABLE courses.tags ALTER COLUMN sort_key SET NOT NULL;
CREATE TRIGGER tags_fallback_on_insert BEFORE INSERT ON courses.tags FOR EACH ROW
    WHEN (NEW.sort_key IS NULL) EXECUTE FUNCTION public.set_fallback_sort_key('name');
CREATE TRIGGER tags_fallback_on_update BEFORE UPDATE OF name ON courses.tags FOR EACH ROW
    WHEN (NEW.name::text <> OLD.name::text AND NEW.sort_key = OLD.sort_key) EXECUTE FUNCTION public.set_fallback_sort_key('name');
CREATE INDEX tags_sort_key ON courses.tags (sort_key, id);
--rollback DROP TRIGGER tags_fallback_on_update ON courses.tags;
--rollback DROP TRIGGER tags_fallback_on_insert ON courses.tags;
--rollback ALTER TABLE courses.tags DROP COLUMN sort_key;

--changeset aula:courses-042-old-order
DROP INDEX courses.courses_title_order;
--rollback CREATE INDEX courses_title_order ON courses.courses (lower(title), id) WHERE status = 'PUBLISHED' AND deleted_at IS NULL;
