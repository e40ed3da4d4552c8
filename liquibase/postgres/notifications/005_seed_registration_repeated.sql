--liquibase formatted sql

--changeset aula:notifications-005-registration-repeated splitStatements:false
INSERT INTO notifications.notification_templates (kind, channel, language, subject, text, html, variables)
VALUES
    ('auth.registration_repeated', 'EMAIL', 'en', 'You have an account already',
'{{#name}}Hello {{name}},{{/name}}{{^name}}Hello,{{/name}}

On {{time}} somebody registered at {{platform}} with this address. You have an account with it already, and it stays as it is.

If it was you, sign in with your password, or ask for a new one. If it was not, there is nothing to do: without this mailbox nobody can confirm the address.

{{platform}}
',
'<p>{{#name}}Hello {{name}},{{/name}}{{^name}}Hello,{{/name}}</p>
<p>On {{time}} somebody registered at {{platform}} with this address. You have an account with it already, and it stays as it is.</p>
<p>If it was you, sign in with your password, or ask for a new one. If it was not, there is nothing to do: without this mailbox nobody can confirm the address.</p>
<p>{{platform}}</p>',
    '{name, platform, time}'),
    ('auth.registration_repeated', 'EMAIL', 'es', 'Ya tienes una cuenta',
'{{#name}}Hola, {{name}}:{{/name}}{{^name}}Hola:{{/name}}

El {{time}} alguien se registró en {{platform}} con esta dirección. Ya tienes una cuenta con ella, y sigue como estaba.

Si fuiste tú, entra con tu contraseña o pide una nueva. Si no, no tienes que hacer nada: sin este buzón nadie puede confirmar la dirección.

{{platform}}
',
'<p>{{#name}}Hola, {{name}}:{{/name}}{{^name}}Hola:{{/name}}</p>
<p>El {{time}} alguien se registró en {{platform}} con esta dirección. Ya tienes una cuenta con ella, y sigue como estaba.</p>
<p>Si fuiste tú, entra con tu contraseña o pide una nueva. Si no, no tienes que hacer nada: sin este buzón nadie puede confirmar la dirección.</p>
<p>{{platform}}</p>',
    '{name, platform, time}');
--rollback DELETE FROM notifications.notification_templates WHERE kind = 'auth.registration_repeated';
