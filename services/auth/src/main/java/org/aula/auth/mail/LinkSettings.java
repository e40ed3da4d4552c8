package org.aula.auth.mail;

import io.micronaut.context.annotation.ConfigurationProperties;

/// Where the links of emails lead, below `PUBLIC_URL`; `{token}` stands for the token.
@ConfigurationProperties("aula.auth.links")
record LinkSettings(String verifyEmail, String resetPassword) {}
