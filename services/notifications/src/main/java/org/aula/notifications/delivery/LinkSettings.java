package org.aula.notifications.delivery;

import io.micronaut.context.annotation.ConfigurationProperties;

/// Where the links of emails lead that are not of accounts, below `PUBLIC_URL`: `{entry}` stands for the
/// id of a place on a waitlist, `{number}` for the number of a certificate.
@ConfigurationProperties("aula.notifications.links")
record LinkSettings(String waitlistOffer, String certificate) {}
