--liquibase formatted sql

-- Votes are counted apart from the version, which is for what people edit.
--changeset aula:courses-013-course-reviews
CREATE TABLE courses.course_reviews (
    id uuid PRIMARY KEY,
    course_id uuid NOT NULL REFERENCES courses.courses (id) ON DELETE CASCADE,
    user_id uuid NOT NULL REFERENCES auth.accounts (id),
    rating integer NOT NULL CHECK (rating BETWEEN 1 AND 5),
    title text NOT NULL DEFAULT '' CHECK (length(title) <= 200),
    text text NOT NULL DEFAULT '' CHECK (length(text) <= 5000),
    visible boolean NOT NULL DEFAULT true,
    verified boolean NOT NULL,
    helpful_count bigint NOT NULL DEFAULT 0 CHECK (helpful_count >= 0),
    version bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (course_id, user_id)
);
CREATE INDEX course_reviews_newest ON courses.course_reviews (course_id, id);
CREATE INDEX course_reviews_helpful ON courses.course_reviews (course_id, helpful_count, id);
CREATE INDEX course_reviews_rating ON courses.course_reviews (course_id, rating, id);
CREATE INDEX course_reviews_user ON courses.course_reviews (user_id);
--rollback DROP TABLE courses.course_reviews;

--changeset aula:courses-013-review-votes
CREATE TABLE courses.review_votes (
    review_id uuid NOT NULL REFERENCES courses.course_reviews (id) ON DELETE CASCADE,
    user_id uuid NOT NULL REFERENCES auth.accounts (id),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (review_id, user_id)
);
CREATE INDEX review_votes_user ON courses.review_votes (user_id);
--rollback DROP TABLE courses.review_votes;
