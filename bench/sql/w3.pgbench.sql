\set n random(1, 1000)
SELECT json_build_object(
    'title', course.title, 'shortDescription', course.short_description,
    'instructor', (SELECT json_build_object('displayName', first_name || ' ' || last_name)
        FROM users.users WHERE id = course.instructor_id),
    'sections', (SELECT json_agg(json_build_object('title', section.title, 'lessons', (
            SELECT json_agg(json_build_object('title', lesson.title, 'type', lesson.type,
                'duration', lesson.duration_seconds, 'status', progress.status) ORDER BY lesson.sort_order, lesson.id)
            FROM courses.lessons lesson LEFT JOIN enrollments.lesson_progress progress
                ON progress.lesson_id = lesson.id AND progress.enrollment_id = enrollment.id
            WHERE lesson.section_id = section.id)) ORDER BY section.sort_order, section.id)
        FROM courses.course_sections section WHERE section.course_id = course.id),
    'reviews', (SELECT json_agg(json_build_object('rating', found.rating, 'title', found.title, 'author', found.author))
        FROM (SELECT review.rating, review.title, person.first_name || ' ' || person.last_name AS author
            FROM courses.course_reviews review JOIN users.users person ON person.id = review.user_id
            WHERE review.course_id = course.id AND review.visible ORDER BY review.id DESC LIMIT 10) found),
    'myEnrollment', json_build_object('status', enrollment.status, 'progressPercentage', enrollment.progress_percentage))
FROM courses.courses course
LEFT JOIN enrollments.enrollments enrollment
    ON enrollment.id = ('019c0000-0000-7000-8000-08' || lpad(to_hex(:n::int), 10, '0'))::uuid
WHERE course.id = ('019c0000-0000-7000-8000-01' || lpad(to_hex(:n::int), 10, '0'))::uuid AND course.deleted_at IS NULL;
