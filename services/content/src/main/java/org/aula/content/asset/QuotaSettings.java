package org.aula.content.asset;

import io.micronaut.context.annotation.ConfigurationProperties;

/// What `aula.content` of the service's `application.yml` sets for quotas.
///
/// @param quotaBytes what each user may keep whose quota nobody has set, in bytes
@ConfigurationProperties("aula.content")
record QuotaSettings(long quotaBytes) {}
