--liquibase formatted sql

--changeset aula:platform-005-notifications
CREATE SCHEMA notifications AUTHORIZATION aula_owner;
--rollback DROP SCHEMA notifications;
