package org.aula.auth.limit;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.time.Duration;

/// What `aula.auth.api` of the service's `application.yml` sets: how much may be asked of the edge in an hour,
/// in points. A request costs what the edge's configuration says, a GraphQL operation its cost besides.
///
/// @param window the time over which points are counted, from the first request
/// @param perUser points of one user
/// @param perPartner points of one partner
/// @param perAddress points of all others from one address of the net
@ConfigurationProperties("aula.auth.api")
record ApiLimitSettings(Duration window, long perUser, long perPartner, long perAddress) {}
