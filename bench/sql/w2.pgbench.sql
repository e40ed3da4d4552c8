\set n random(1, 5)
SELECT course.*, stats.enrollment_count, stats.review_count, stats.rating_hundredths,
    (SELECT coalesce(
            json_agg(json_build_object('id', tag.id, 'name', tag.name, 'color', tag.color)
                ORDER BY tag.sort_key, tag.id), '[]')
        FROM courses.course_tags link JOIN courses.tags tag ON tag.id = link.tag_id
        WHERE link.course_id = course.id) AS tags,
    ARRAY(
        SELECT prerequisite_id FROM courses.course_prerequisites
        WHERE course_id = course.id ORDER BY prerequisite_id) AS prerequisite_ids
FROM courses.courses course LEFT JOIN courses.course_stats stats ON stats.course_id = course.id
WHERE course.status = 'PUBLISHED' AND course.deleted_at IS NULL
    AND course.category_id = ANY(ARRAY(
        WITH RECURSIVE tree AS (
            SELECT ('019b76da-a800-7000-8000-00000000c00' || :n::int)::uuid AS id
            UNION
            SELECT child.id FROM courses.course_categories child JOIN tree ON child.parent_id = tree.id)
        SELECT id FROM tree))
    AND course.level = 'BEGINNER' AND course.language_code = 'en'
ORDER BY course.id DESC LIMIT 21;
