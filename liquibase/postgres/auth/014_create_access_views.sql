--liquibase formatted sql

-- For lists of people by their role.
--changeset aula:auth-014-account-roles-view
CREATE VIEW auth_api.account_roles AS
    SELECT account_id, role FROM auth.account_roles;
--rollback DROP VIEW auth_api.account_roles;

-- For searching people by address or name, which only the users service does and only for administrators.
--changeset aula:auth-014-account-contacts-view
CREATE VIEW auth_api.account_contacts AS
    SELECT id, email, username FROM auth.accounts WHERE deleted_at IS NULL;
--rollback DROP VIEW auth_api.account_contacts;
