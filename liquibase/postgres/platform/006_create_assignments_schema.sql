--liquibase formatted sql

--changeset aula:platform-006-assignments
CREATE SCHEMA assignments AUTHORIZATION aula_owner;
--rollback DROP SCHEMA assignments;

--changeset aula:platform-006-assignments-api
CREATE SCHEMA assignments_api AUTHORIZATION aula_owner;
--rollback DROP SCHEMA assignments_api;
