--liquibase formatted sql

-- A name is unique under its parent, also at the top, where the parent is null.
--changeset aula:courses-001-course-categories
CREATE TABLE courses.course_categories (
    id uuid PRIMARY KEY,
    name citext NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    slug text NOT NULL UNIQUE CHECK (length(slug) BETWEEN 1 AND 300),
    description text NOT NULL DEFAULT '' CHECK (length(description) <= 2000),
    icon_url text NOT NULL DEFAULT '' CHECK (length(icon_url) <= 500),
    parent_id uuid REFERENCES courses.course_categories (id),
    sort_order integer NOT NULL DEFAULT 0,
    active boolean NOT NULL DEFAULT true,
    version bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK (parent_id <> id)
);
CREATE UNIQUE INDEX course_categories_name ON courses.course_categories (parent_id, name) NULLS NOT DISTINCT;
CREATE INDEX course_categories_order ON courses.course_categories (parent_id, sort_order, id);
--rollback DROP TABLE courses.course_categories;

--changeset aula:courses-001-tags
CREATE TABLE courses.tags (
    id uuid PRIMARY KEY,
    name citext NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 50),
    color text NOT NULL DEFAULT '#007bff' CHECK (color ~ '^#[0-9a-f]{6}$'),
    created_at timestamptz NOT NULL DEFAULT now()
);
--rollback DROP TABLE courses.tags;
