--liquibase formatted sql

-- Emails are called emails, also where jobs are kept; the kernel's jobs for sagas took the place of those for
-- registrations.
--changeset aula:auth-031-email-requests
ALTER TABLE auth.letter_requests RENAME TO email_requests;
ALTER INDEX auth.letter_requests_pkey RENAME TO email_requests_pkey;
ALTER INDEX auth.letter_requests_created_at RENAME TO email_requests_created_at;
DELETE FROM auth.scheduled_tasks
WHERE task_name IN ('letter-requests', 'letter-sweep', 'registration-timeout', 'registration-sweep');
--rollback ALTER INDEX auth.email_requests_created_at RENAME TO letter_requests_created_at;
--rollback ALTER INDEX auth.email_requests_pkey RENAME TO letter_requests_pkey;
--rollback ALTER TABLE auth.email_requests RENAME TO letter_requests;
