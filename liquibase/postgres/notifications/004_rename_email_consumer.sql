--liquibase formatted sql

-- The consumer is called after emails, and reads its streams again from their beginning: what it has had stays known.
--changeset aula:notifications-004-email-consumer
UPDATE notifications.inbox SET consumer = 'notifications.emails' WHERE consumer = 'notifications.letters';
UPDATE notifications.dead_letters SET consumer = 'notifications.emails' WHERE consumer = 'notifications.letters';
DELETE FROM notifications.scheduled_tasks WHERE task_name = 'send-letters';
--rollback UPDATE notifications.inbox SET consumer = 'notifications.letters' WHERE consumer = 'notifications.emails';
--rollback UPDATE notifications.dead_letters SET consumer = 'notifications.letters' WHERE consumer = 'notifications.emails';
