--liquibase formatted sql

-- Words are matched without a language's stemming: titles come in many languages and one column serves them all.
--changeset aula:courses-002-courses
CREATE TABLE courses.courses (
    id uuid PRIMARY KEY,
    instructor_id uuid NOT NULL REFERENCES auth.accounts (id),
    category_id uuid REFERENCES courses.course_categories (id),
    title text NOT NULL CHECK (length(title) BETWEEN 1 AND 255),
    slug text NOT NULL CHECK (length(slug) BETWEEN 1 AND 300),
    short_description text NOT NULL DEFAULT '' CHECK (length(short_description) <= 500),
    full_description text NOT NULL DEFAULT '',
    thumbnail_asset_id uuid,
    trailer_video_url text NOT NULL DEFAULT '' CHECK (length(trailer_video_url) <= 500),
    price_minor bigint NOT NULL DEFAULT 0 CHECK (price_minor >= 0),
    original_price_minor bigint CHECK (original_price_minor >= 0),
    currency_code text NOT NULL DEFAULT 'USD' CHECK (currency_code ~ '^[A-Z]{3}$'),
    level text NOT NULL DEFAULT 'BEGINNER' CHECK (level IN ('BEGINNER', 'INTERMEDIATE', 'ADVANCED')),
    language_code text NOT NULL DEFAULT 'en' CHECK (length(language_code) <= 35),
    status text NOT NULL DEFAULT 'DRAFT' CHECK (status IN ('DRAFT', 'REVIEW', 'PUBLISHED', 'ARCHIVED')),
    estimated_duration_hours integer NOT NULL DEFAULT 0 CHECK (estimated_duration_hours >= 0),
    featured boolean NOT NULL DEFAULT false,
    max_students integer CHECK (max_students > 0),
    requirements jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(requirements) = 'array'),
    learning_objectives jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(learning_objectives) = 'array'),
    target_audience jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(target_audience) = 'array'),
    return_reason text NOT NULL DEFAULT '' CHECK (length(return_reason) <= 2000),
    version bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    published_at timestamptz,
    deleted_at timestamptz,
    search tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', short_description), 'B')
    ) STORED,
    CHECK (status <> 'PUBLISHED' OR published_at IS NOT NULL)
);
CREATE UNIQUE INDEX courses_slug_living ON courses.courses (slug) WHERE deleted_at IS NULL;
CREATE INDEX courses_instructor ON courses.courses (instructor_id, id);
CREATE INDEX courses_category ON courses.courses (category_id, id);
CREATE INDEX courses_status ON courses.courses (status, id) WHERE deleted_at IS NULL;
CREATE INDEX courses_published ON courses.courses (published_at, id) WHERE status = 'PUBLISHED' AND deleted_at IS NULL;
CREATE INDEX courses_price ON courses.courses (price_minor, id) WHERE status = 'PUBLISHED' AND deleted_at IS NULL;
CREATE INDEX courses_search ON courses.courses USING gin (search);
CREATE INDEX courses_title_similar ON courses.courses USING gin (title public.gin_trgm_ops);
--rollback DROP TABLE courses.courses;

--changeset aula:courses-002-course-tags
CREATE TABLE courses.course_tags (
    course_id uuid NOT NULL REFERENCES courses.courses (id) ON DELETE CASCADE,
    tag_id uuid NOT NULL REFERENCES courses.tags (id) ON DELETE CASCADE,
    PRIMARY KEY (course_id, tag_id)
);
CREATE INDEX course_tags_tag ON courses.course_tags (tag_id);
--rollback DROP TABLE courses.course_tags;

-- Apart from the course, so that counting does not touch the version of what people edit.
--changeset aula:courses-002-course-stats
CREATE TABLE courses.course_stats (
    course_id uuid PRIMARY KEY REFERENCES courses.courses (id) ON DELETE CASCADE,
    enrollment_count bigint NOT NULL DEFAULT 0 CHECK (enrollment_count >= 0),
    updated_at timestamptz NOT NULL DEFAULT now()
);
--rollback DROP TABLE courses.course_stats;
