--liquibase formatted sql

-- The same id as the account's. NO ACTION: an account goes only after its user, so that each removal has its event.
--changeset aula:users-001-users
CREATE TABLE users.users (
    id uuid PRIMARY KEY REFERENCES auth.accounts (id),
    first_name text NOT NULL CHECK (length(first_name) <= 100),
    last_name text NOT NULL CHECK (length(last_name) <= 100),
    phone text CHECK (length(phone) <= 20),
    birth_date date,
    gender text CHECK (gender IN ('MALE', 'FEMALE', 'OTHER')),
    language_code text NOT NULL DEFAULT 'en' CHECK (length(language_code) <= 35),
    time_zone text NOT NULL DEFAULT 'UTC' CHECK (length(time_zone) <= 64),
    avatar_url text NOT NULL DEFAULT '' CHECK (length(avatar_url) <= 500),
    short_bio text NOT NULL DEFAULT '' CHECK (length(short_bio) <= 500),
    version bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz
);
CREATE INDEX users_created_at ON users.users (created_at) WHERE deleted_at IS NULL;
--rollback DROP TABLE users.users;

--changeset aula:users-001-user-preferences
CREATE TABLE users.user_preferences (
    user_id uuid PRIMARY KEY REFERENCES users.users (id) ON DELETE CASCADE,
    email_notifications boolean NOT NULL DEFAULT true,
    marketing_emails boolean NOT NULL DEFAULT true,
    push_notifications boolean NOT NULL DEFAULT true,
    course_reminders boolean NOT NULL DEFAULT true,
    weekly_progress_email boolean NOT NULL DEFAULT true,
    updated_at timestamptz NOT NULL DEFAULT now()
);
--rollback DROP TABLE users.user_preferences;
