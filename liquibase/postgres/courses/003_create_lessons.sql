--liquibase formatted sql

-- Places need not be unique: the id breaks a tie, so that two who add at once do not collide.
--changeset aula:courses-003-course-sections
CREATE TABLE courses.course_sections (
    id uuid PRIMARY KEY,
    course_id uuid NOT NULL REFERENCES courses.courses (id) ON DELETE CASCADE,
    title text NOT NULL CHECK (length(title) BETWEEN 1 AND 255),
    description text NOT NULL DEFAULT '' CHECK (length(description) <= 5000),
    sort_order integer NOT NULL CHECK (sort_order >= 0),
    version bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (course_id, id)
);
CREATE INDEX course_sections_order ON courses.course_sections (course_id, sort_order, id);
--rollback DROP TABLE courses.course_sections;

-- The pair of keys holds a lesson in a section of its own course.
--changeset aula:courses-003-lessons
CREATE TABLE courses.lessons (
    id uuid PRIMARY KEY,
    section_id uuid NOT NULL,
    course_id uuid NOT NULL REFERENCES courses.courses (id) ON DELETE CASCADE,
    title text NOT NULL CHECK (length(title) BETWEEN 1 AND 255),
    slug text NOT NULL DEFAULT '' CHECK (length(slug) <= 300),
    type text NOT NULL CHECK (type IN ('VIDEO', 'ARTICLE', 'QUIZ', 'ASSIGNMENT', 'LIVE_SESSION')),
    content_ref text NOT NULL DEFAULT '',
    external_url text NOT NULL DEFAULT '' CHECK (length(external_url) <= 2000),
    duration_seconds integer NOT NULL DEFAULT 0 CHECK (duration_seconds >= 0),
    preview boolean NOT NULL DEFAULT false,
    mandatory boolean NOT NULL DEFAULT true,
    live_at timestamptz,
    sort_order integer NOT NULL CHECK (sort_order >= 0),
    version bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (course_id, section_id) REFERENCES courses.course_sections (course_id, id) ON DELETE CASCADE
);
CREATE INDEX lessons_course ON courses.lessons (course_id, section_id, sort_order, id);
CREATE INDEX lessons_order ON courses.lessons (section_id, sort_order, id);
--rollback DROP TABLE courses.lessons;
