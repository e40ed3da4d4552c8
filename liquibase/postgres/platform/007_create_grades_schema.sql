--liquibase formatted sql

--changeset aula:platform-007-grades
CREATE SCHEMA grades AUTHORIZATION aula_owner;
--rollback DROP SCHEMA grades;
