--liquibase formatted sql

-- English, and Spanish in which we say tú.

--changeset aula:notifications-002-email-verification-requested splitStatements:false
INSERT INTO notifications.notification_templates (kind, channel, language, subject, text, html, variables)
VALUES
    ('auth.email_verification_requested', 'EMAIL', 'en', 'Please confirm your e-mail address',
'{{#name}}Hello {{name}},{{/name}}{{^name}}Hello,{{/name}}

Please confirm that this address is yours:

{{link}}

The link works until {{expires}}. If you did not ask for it, you need not do anything.

{{platform}}
',
'<p>{{#name}}Hello {{name}},{{/name}}{{^name}}Hello,{{/name}}</p>
<p>Please confirm that this address is yours:</p>
<p><a class="button" href="{{link}}">Confirm the address</a></p>
<p class="small">{{link}}</p>
<p>The link works until {{expires}}. If you did not ask for it, you need not do anything.</p>
<p>{{platform}}</p>',
    '{expires, link, name, platform}'),
    ('auth.email_verification_requested', 'EMAIL', 'es', 'Confirma tu dirección de correo',
'{{#name}}Hola, {{name}}:{{/name}}{{^name}}Hola:{{/name}}

Confirma que esta dirección es tuya:

{{link}}

El enlace funciona hasta el {{expires}}. Si no lo has pedido tú, no tienes que hacer nada.

{{platform}}
',
'<p>{{#name}}Hola, {{name}}:{{/name}}{{^name}}Hola:{{/name}}</p>
<p>Confirma que esta dirección es tuya:</p>
<p><a class="button" href="{{link}}">Confirmar la dirección</a></p>
<p class="small">{{link}}</p>
<p>El enlace funciona hasta el {{expires}}. Si no lo has pedido tú, no tienes que hacer nada.</p>
<p>{{platform}}</p>',
    '{expires, link, name, platform}');
--rollback DELETE FROM notifications.notification_templates WHERE kind = 'auth.email_verification_requested';

--changeset aula:notifications-002-password-reset-requested splitStatements:false
INSERT INTO notifications.notification_templates (kind, channel, language, subject, text, html, variables)
VALUES
    ('auth.password_reset_requested', 'EMAIL', 'en', 'Choose a new password',
'{{#name}}Hello {{name}},{{/name}}{{^name}}Hello,{{/name}}

Somebody asked for a new password for your account at {{platform}}. If it was you, choose one here:

{{link}}

The link works once, until {{expires}}. If it was not you, you need not do anything: your password stays as it is.

{{platform}}
',
'<p>{{#name}}Hello {{name}},{{/name}}{{^name}}Hello,{{/name}}</p>
<p>Somebody asked for a new password for your account at {{platform}}. If it was you, choose one here:</p>
<p><a class="button" href="{{link}}">Choose a new password</a></p>
<p class="small">{{link}}</p>
<p>The link works once, until {{expires}}. If it was not you, you need not do anything: your password stays as it is.</p>
<p>{{platform}}</p>',
    '{expires, link, name, platform}'),
    ('auth.password_reset_requested', 'EMAIL', 'es', 'Elige una contraseña nueva',
'{{#name}}Hola, {{name}}:{{/name}}{{^name}}Hola:{{/name}}

Alguien ha pedido una contraseña nueva para tu cuenta en {{platform}}. Si has sido tú, elígela aquí:

{{link}}

El enlace funciona una sola vez, hasta el {{expires}}. Si no has sido tú, no tienes que hacer nada: tu contraseña sigue igual.

{{platform}}
',
'<p>{{#name}}Hola, {{name}}:{{/name}}{{^name}}Hola:{{/name}}</p>
<p>Alguien ha pedido una contraseña nueva para tu cuenta en {{platform}}. Si has sido tú, elígela aquí:</p>
<p><a class="button" href="{{link}}">Elegir una contraseña nueva</a></p>
<p class="small">{{link}}</p>
<p>El enlace funciona una sola vez, hasta el {{expires}}. Si no has sido tú, no tienes que hacer nada: tu contraseña sigue igual.</p>
<p>{{platform}}</p>',
    '{expires, link, name, platform}');
--rollback DELETE FROM notifications.notification_templates WHERE kind = 'auth.password_reset_requested';

--changeset aula:notifications-002-password-changed splitStatements:false
INSERT INTO notifications.notification_templates (kind, channel, language, subject, text, html, variables)
VALUES
    ('auth.password_changed', 'EMAIL', 'en', 'Your password was changed',
'{{#name}}Hello {{name}},{{/name}}{{^name}}Hello,{{/name}}

The password of your account at {{platform}} was changed on {{time}}.

If it was not you, ask for a new password at once: that also ends every session.

{{platform}}
',
'<p>{{#name}}Hello {{name}},{{/name}}{{^name}}Hello,{{/name}}</p>
<p>The password of your account at {{platform}} was changed on {{time}}.</p>
<p>If it was not you, ask for a new password at once: that also ends every session.</p>
<p>{{platform}}</p>',
    '{name, platform, time}'),
    ('auth.password_changed', 'EMAIL', 'es', 'Tu contraseña ha cambiado',
'{{#name}}Hola, {{name}}:{{/name}}{{^name}}Hola:{{/name}}

La contraseña de tu cuenta en {{platform}} se cambió el {{time}}.

Si no has sido tú, pide enseguida una contraseña nueva: eso también cierra todas las sesiones.

{{platform}}
',
'<p>{{#name}}Hola, {{name}}:{{/name}}{{^name}}Hola:{{/name}}</p>
<p>La contraseña de tu cuenta en {{platform}} se cambió el {{time}}.</p>
<p>Si no has sido tú, pide enseguida una contraseña nueva: eso también cierra todas las sesiones.</p>
<p>{{platform}}</p>',
    '{name, platform, time}');
--rollback DELETE FROM notifications.notification_templates WHERE kind = 'auth.password_changed';

--changeset aula:notifications-002-email-changed splitStatements:false
INSERT INTO notifications.notification_templates (kind, channel, language, subject, text, html, variables)
VALUES
    ('auth.email_changed', 'EMAIL', 'en', 'Your e-mail address was changed',
'{{#name}}Hello {{name}},{{/name}}{{^name}}Hello,{{/name}}

On {{time}} the e-mail address of your account at {{platform}} was changed, from this one to another.

If it was not you, write to those who run {{platform}} at once.

{{platform}}
',
'<p>{{#name}}Hello {{name}},{{/name}}{{^name}}Hello,{{/name}}</p>
<p>On {{time}} the e-mail address of your account at {{platform}} was changed, from this one to another.</p>
<p>If it was not you, write to those who run {{platform}} at once.</p>
<p>{{platform}}</p>',
    '{name, platform, time}'),
    ('auth.email_changed', 'EMAIL', 'es', 'Tu dirección de correo ha cambiado',
'{{#name}}Hola, {{name}}:{{/name}}{{^name}}Hola:{{/name}}

El {{time}} la dirección de correo de tu cuenta en {{platform}} se cambió de esta a otra.

Si no has sido tú, escribe enseguida a los responsables de {{platform}}.

{{platform}}
',
'<p>{{#name}}Hola, {{name}}:{{/name}}{{^name}}Hola:{{/name}}</p>
<p>El {{time}} la dirección de correo de tu cuenta en {{platform}} se cambió de esta a otra.</p>
<p>Si no has sido tú, escribe enseguida a los responsables de {{platform}}.</p>
<p>{{platform}}</p>',
    '{name, platform, time}');
--rollback DELETE FROM notifications.notification_templates WHERE kind = 'auth.email_changed';

--changeset aula:notifications-002-second-factor-enabled splitStatements:false
INSERT INTO notifications.notification_templates (kind, channel, language, subject, text, html, variables)
VALUES
    ('auth.second_factor_enabled', 'EMAIL', 'en', 'Signing in now takes a second step',
'{{#name}}Hello {{name}},{{/name}}{{^name}}Hello,{{/name}}

On {{time}} a second step for signing in was switched on for your account at {{platform}}.

If it was not you, write to those who run {{platform}} at once.

{{platform}}
',
'<p>{{#name}}Hello {{name}},{{/name}}{{^name}}Hello,{{/name}}</p>
<p>On {{time}} a second step for signing in was switched on for your account at {{platform}}.</p>
<p>If it was not you, write to those who run {{platform}} at once.</p>
<p>{{platform}}</p>',
    '{name, platform, time}'),
    ('auth.second_factor_enabled', 'EMAIL', 'es', 'Ahora se entra en dos pasos',
'{{#name}}Hola, {{name}}:{{/name}}{{^name}}Hola:{{/name}}

El {{time}} se activó un segundo paso para entrar en tu cuenta en {{platform}}.

Si no has sido tú, escribe enseguida a los responsables de {{platform}}.

{{platform}}
',
'<p>{{#name}}Hola, {{name}}:{{/name}}{{^name}}Hola:{{/name}}</p>
<p>El {{time}} se activó un segundo paso para entrar en tu cuenta en {{platform}}.</p>
<p>Si no has sido tú, escribe enseguida a los responsables de {{platform}}.</p>
<p>{{platform}}</p>',
    '{name, platform, time}');
--rollback DELETE FROM notifications.notification_templates WHERE kind = 'auth.second_factor_enabled';

--changeset aula:notifications-002-second-factor-disabled splitStatements:false
INSERT INTO notifications.notification_templates (kind, channel, language, subject, text, html, variables)
VALUES
    ('auth.second_factor_disabled', 'EMAIL', 'en', 'Signing in takes one step again',
'{{#name}}Hello {{name}},{{/name}}{{^name}}Hello,{{/name}}

On {{time}} the second step for signing in was switched off for your account at {{platform}}.

If it was not you, choose a new password at once and switch it on again.

{{platform}}
',
'<p>{{#name}}Hello {{name}},{{/name}}{{^name}}Hello,{{/name}}</p>
<p>On {{time}} the second step for signing in was switched off for your account at {{platform}}.</p>
<p>If it was not you, choose a new password at once and switch it on again.</p>
<p>{{platform}}</p>',
    '{name, platform, time}'),
    ('auth.second_factor_disabled', 'EMAIL', 'es', 'Se vuelve a entrar en un solo paso',
'{{#name}}Hola, {{name}}:{{/name}}{{^name}}Hola:{{/name}}

El {{time}} se desactivó el segundo paso para entrar en tu cuenta en {{platform}}.

Si no has sido tú, elige enseguida una contraseña nueva y vuelve a activarlo.

{{platform}}
',
'<p>{{#name}}Hola, {{name}}:{{/name}}{{^name}}Hola:{{/name}}</p>
<p>El {{time}} se desactivó el segundo paso para entrar en tu cuenta en {{platform}}.</p>
<p>Si no has sido tú, elige enseguida una contraseña nueva y vuelve a activarlo.</p>
<p>{{platform}}</p>',
    '{name, platform, time}');
--rollback DELETE FROM notifications.notification_templates WHERE kind = 'auth.second_factor_disabled';

--changeset aula:notifications-002-refresh-token-reused splitStatements:false
INSERT INTO notifications.notification_templates (kind, channel, language, subject, text, html, variables)
VALUES
    ('auth.refresh_token_reused', 'EMAIL', 'en', 'A session was ended to protect you',
'{{#name}}Hello {{name}},{{/name}}{{^name}}Hello,{{/name}}

On {{time}} the proof of one of your sessions at {{platform}} was used a second time. Somebody may have copied it, so we ended that session.

Sign in again to go on. If you notice anything that you did not do, choose a new password.

{{platform}}
',
'<p>{{#name}}Hello {{name}},{{/name}}{{^name}}Hello,{{/name}}</p>
<p>On {{time}} the proof of one of your sessions at {{platform}} was used a second time. Somebody may have copied it, so we ended that session.</p>
<p>Sign in again to go on. If you notice anything that you did not do, choose a new password.</p>
<p>{{platform}}</p>',
    '{name, platform, time}'),
    ('auth.refresh_token_reused', 'EMAIL', 'es', 'Hemos cerrado una sesión para protegerte',
'{{#name}}Hola, {{name}}:{{/name}}{{^name}}Hola:{{/name}}

El {{time}} la credencial de una de tus sesiones en {{platform}} se usó por segunda vez. Puede que alguien la haya copiado, así que hemos cerrado esa sesión.

Vuelve a entrar para continuar. Si ves algo que no has hecho tú, elige una contraseña nueva.

{{platform}}
',
'<p>{{#name}}Hola, {{name}}:{{/name}}{{^name}}Hola:{{/name}}</p>
<p>El {{time}} la credencial de una de tus sesiones en {{platform}} se usó por segunda vez. Puede que alguien la haya copiado, así que hemos cerrado esa sesión.</p>
<p>Vuelve a entrar para continuar. Si ves algo que no has hecho tú, elige una contraseña nueva.</p>
<p>{{platform}}</p>',
    '{name, platform, time}');
--rollback DELETE FROM notifications.notification_templates WHERE kind = 'auth.refresh_token_reused';

--changeset aula:notifications-002-account-suspended splitStatements:false
INSERT INTO notifications.notification_templates (kind, channel, language, subject, text, html, variables)
VALUES
    ('auth.account_suspended', 'EMAIL', 'en', 'Your account was suspended',
'{{#name}}Hello {{name}},{{/name}}{{^name}}Hello,{{/name}}

Your account at {{platform}} was suspended on {{time}}. You cannot sign in while it is.

If you think that this is a mistake, write to those who run {{platform}}.

{{platform}}
',
'<p>{{#name}}Hello {{name}},{{/name}}{{^name}}Hello,{{/name}}</p>
<p>Your account at {{platform}} was suspended on {{time}}. You cannot sign in while it is.</p>
<p>If you think that this is a mistake, write to those who run {{platform}}.</p>
<p>{{platform}}</p>',
    '{name, platform, time}'),
    ('auth.account_suspended', 'EMAIL', 'es', 'Tu cuenta está suspendida',
'{{#name}}Hola, {{name}}:{{/name}}{{^name}}Hola:{{/name}}

Tu cuenta en {{platform}} se suspendió el {{time}}. Mientras tanto no puedes entrar.

Si crees que es un error, escribe a los responsables de {{platform}}.

{{platform}}
',
'<p>{{#name}}Hola, {{name}}:{{/name}}{{^name}}Hola:{{/name}}</p>
<p>Tu cuenta en {{platform}} se suspendió el {{time}}. Mientras tanto no puedes entrar.</p>
<p>Si crees que es un error, escribe a los responsables de {{platform}}.</p>
<p>{{platform}}</p>',
    '{name, platform, time}');
--rollback DELETE FROM notifications.notification_templates WHERE kind = 'auth.account_suspended';

--changeset aula:notifications-002-account-reactivated splitStatements:false
INSERT INTO notifications.notification_templates (kind, channel, language, subject, text, html, variables)
VALUES
    ('auth.account_reactivated', 'EMAIL', 'en', 'Your account is open again',
'{{#name}}Hello {{name}},{{/name}}{{^name}}Hello,{{/name}}

Your account at {{platform}} was opened again on {{time}}. You can sign in as before.

{{platform}}
',
'<p>{{#name}}Hello {{name}},{{/name}}{{^name}}Hello,{{/name}}</p>
<p>Your account at {{platform}} was opened again on {{time}}. You can sign in as before.</p>
<p>{{platform}}</p>',
    '{name, platform, time}'),
    ('auth.account_reactivated', 'EMAIL', 'es', 'Tu cuenta vuelve a estar abierta',
'{{#name}}Hola, {{name}}:{{/name}}{{^name}}Hola:{{/name}}

Tu cuenta en {{platform}} se reabrió el {{time}}. Puedes entrar como antes.

{{platform}}
',
'<p>{{#name}}Hola, {{name}}:{{/name}}{{^name}}Hola:{{/name}}</p>
<p>Tu cuenta en {{platform}} se reabrió el {{time}}. Puedes entrar como antes.</p>
<p>{{platform}}</p>',
    '{name, platform, time}');
--rollback DELETE FROM notifications.notification_templates WHERE kind = 'auth.account_reactivated';
