--liquibase formatted sql

--changeset aula:platform-001-citext
CREATE EXTENSION IF NOT EXISTS citext SCHEMA public;
--rollback DROP EXTENSION citext;

--changeset aula:platform-001-pg-trgm
CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public;
--rollback DROP EXTENSION pg_trgm;

--changeset aula:platform-001-vector
CREATE EXTENSION IF NOT EXISTS vector SCHEMA public;
--rollback DROP EXTENSION vector;
