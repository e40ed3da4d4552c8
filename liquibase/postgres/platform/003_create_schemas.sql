--liquibase formatted sql

--changeset aula:platform-003-auth
CREATE SCHEMA auth AUTHORIZATION aula_owner;
--rollback DROP SCHEMA auth;

--changeset aula:platform-003-users
CREATE SCHEMA users AUTHORIZATION aula_owner;
--rollback DROP SCHEMA users;

--changeset aula:platform-003-courses
CREATE SCHEMA courses AUTHORIZATION aula_owner;
--rollback DROP SCHEMA courses;

--changeset aula:platform-003-content
CREATE SCHEMA content AUTHORIZATION aula_owner;
--rollback DROP SCHEMA content;

--changeset aula:platform-003-enrollments
CREATE SCHEMA enrollments AUTHORIZATION aula_owner;
--rollback DROP SCHEMA enrollments;

--changeset aula:platform-003-analytics
CREATE SCHEMA analytics AUTHORIZATION aula_owner;
--rollback DROP SCHEMA analytics;

--changeset aula:platform-003-auth-api
CREATE SCHEMA auth_api AUTHORIZATION aula_owner;
--rollback DROP SCHEMA auth_api;

--changeset aula:platform-003-users-api
CREATE SCHEMA users_api AUTHORIZATION aula_owner;
--rollback DROP SCHEMA users_api;

--changeset aula:platform-003-courses-api
CREATE SCHEMA courses_api AUTHORIZATION aula_owner;
--rollback DROP SCHEMA courses_api;

--changeset aula:platform-003-enrollments-api
CREATE SCHEMA enrollments_api AUTHORIZATION aula_owner;
--rollback DROP SCHEMA enrollments_api;
