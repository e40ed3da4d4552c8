--liquibase formatted sql

-- What letters say, as Mustache templates. `html` is the inside of the page around it, which the service brings.
-- `variables` declares what the three texts use.
--changeset aula:notifications-001-templates
CREATE TABLE notifications.notification_templates (
    kind text NOT NULL CHECK (kind ~ '^[a-z]+\.[a-z_]+$'),
    channel text NOT NULL CHECK (channel IN ('EMAIL', 'PUSH', 'IN_APP')),
    language text NOT NULL CHECK (length(language) BETWEEN 2 AND 35),
    subject text NOT NULL CHECK (length(subject) BETWEEN 1 AND 200 AND subject !~ '[[:cntrl:]]'),
    text text NOT NULL CHECK (length(text) BETWEEN 1 AND 20000),
    html text NOT NULL DEFAULT '' CHECK (length(html) <= 100000),
    variables text[] NOT NULL DEFAULT '{}',
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (kind, channel, language)
);
--rollback DROP TABLE notifications.notification_templates;
