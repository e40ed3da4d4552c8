--liquibase formatted sql

-- What letters tell of offers and certificates, as long as there is something to tell: no names, no addresses.
--changeset aula:enrollments-022-waitlist-offers-view
CREATE VIEW enrollments_api.waitlist_offers AS
    SELECT id, user_id, course_id, offer_expires_at FROM enrollments.waitlist_entries WHERE state = 'OFFERED';
--rollback DROP VIEW enrollments_api.waitlist_offers;

-- The number as it is printed, in groups of four.
--changeset aula:enrollments-022-certificate-numbers-view
CREATE VIEW enrollments_api.certificate_numbers AS
    SELECT id, user_id, regexp_replace(number, '(.{4})(?=.)', '\1-', 'g') AS number, course_title, expires_at
    FROM enrollments.certificates WHERE revoked_at IS NULL;
--rollback DROP VIEW enrollments_api.certificate_numbers;
