--liquibase formatted sql

-- English, and Spanish in which we say tú.

--changeset aula:notifications-003-waitlist-offered splitStatements:false
INSERT INTO notifications.notification_templates (kind, channel, language, subject, text, html, variables)
VALUES
    ('enrollments.waitlist_offered', 'EMAIL', 'en', 'A seat is kept for you',
'{{#name}}Hello {{name}},{{/name}}{{^name}}Hello,{{/name}}

You waited for a seat in the course “{{course}}”. One is free now, and it is kept for you until {{expires}}. Take it here:

{{link}}

If you do not want it any more, you need not do anything: it goes to the next one then.

{{platform}}
',
'<p>{{#name}}Hello {{name}},{{/name}}{{^name}}Hello,{{/name}}</p>
<p>You waited for a seat in the course “{{course}}”. One is free now, and it is kept for you until {{expires}}.</p>
<p><a class="button" href="{{link}}">Take the seat</a></p>
<p class="small">{{link}}</p>
<p>If you do not want it any more, you need not do anything: it goes to the next one then.</p>
<p>{{platform}}</p>',
    '{course, expires, link, name, platform}'),
    ('enrollments.waitlist_offered', 'EMAIL', 'es', 'Te guardamos una plaza',
'{{#name}}Hola, {{name}}:{{/name}}{{^name}}Hola:{{/name}}

Esperabas una plaza en el curso «{{course}}». Ahora hay una libre y te la guardamos hasta el {{expires}}. Acéptala aquí:

{{link}}

Si ya no la quieres, no tienes que hacer nada: entonces será para la siguiente persona.

{{platform}}
',
'<p>{{#name}}Hola, {{name}}:{{/name}}{{^name}}Hola:{{/name}}</p>
<p>Esperabas una plaza en el curso «{{course}}». Ahora hay una libre y te la guardamos hasta el {{expires}}.</p>
<p><a class="button" href="{{link}}">Aceptar la plaza</a></p>
<p class="small">{{link}}</p>
<p>Si ya no la quieres, no tienes que hacer nada: entonces será para la siguiente persona.</p>
<p>{{platform}}</p>',
    '{course, expires, link, name, platform}');
--rollback DELETE FROM notifications.notification_templates WHERE kind = 'enrollments.waitlist_offered';

--changeset aula:notifications-003-certificate-issued splitStatements:false
INSERT INTO notifications.notification_templates (kind, channel, language, subject, text, html, variables)
VALUES
    ('enrollments.certificate_issued', 'EMAIL', 'en', 'Your certificate is ready',
'{{#name}}Hello {{name}},{{/name}}{{^name}}Hello,{{/name}}

You have completed the course “{{course}}”. Your certificate has the number {{number}}.{{#expires}} It holds until {{expires}}.{{/expires}} Whoever has this link can see that it is genuine:

{{link}}

You can download it as a PDF whenever you are signed in.

{{platform}}
',
'<p>{{#name}}Hello {{name}},{{/name}}{{^name}}Hello,{{/name}}</p>
<p>You have completed the course “{{course}}”. Your certificate has the number {{number}}.{{#expires}} It holds until {{expires}}.{{/expires}}</p>
<p><a class="button" href="{{link}}">See the certificate</a></p>
<p class="small">{{link}}</p>
<p>Whoever has this link can see that it is genuine. You can download it as a PDF whenever you are signed in.</p>
<p>{{platform}}</p>',
    '{course, expires, link, name, number, platform}'),
    ('enrollments.certificate_issued', 'EMAIL', 'es', 'Tu certificado está listo',
'{{#name}}Hola, {{name}}:{{/name}}{{^name}}Hola:{{/name}}

Has terminado el curso «{{course}}». Tu certificado tiene el número {{number}}.{{#expires}} Vale hasta el {{expires}}.{{/expires}} Quien tenga este enlace puede comprobar que es auténtico:

{{link}}

Puedes descargarlo en PDF siempre que hayas entrado en tu cuenta.

{{platform}}
',
'<p>{{#name}}Hola, {{name}}:{{/name}}{{^name}}Hola:{{/name}}</p>
<p>Has terminado el curso «{{course}}». Tu certificado tiene el número {{number}}.{{#expires}} Vale hasta el {{expires}}.{{/expires}}</p>
<p><a class="button" href="{{link}}">Ver el certificado</a></p>
<p class="small">{{link}}</p>
<p>Quien tenga este enlace puede comprobar que es auténtico. Puedes descargarlo en PDF siempre que hayas entrado en tu cuenta.</p>
<p>{{platform}}</p>',
    '{course, expires, link, name, number, platform}');
--rollback DELETE FROM notifications.notification_templates WHERE kind = 'enrollments.certificate_issued';
