--liquibase formatted sql

-- What people want to hear of, for whoever writes to them. Nobody's row means that nothing was switched off.
--changeset aula:users-040-notification-preferences-view
CREATE VIEW users_api.notification_preferences AS
    SELECT user_id, email_notifications FROM users.user_preferences;
--rollback DROP VIEW users_api.notification_preferences;
