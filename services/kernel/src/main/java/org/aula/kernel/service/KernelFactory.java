package org.aula.kernel.service;

import build.buf.protovalidate.Validator;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.aula.kernel.contract.ContractRules;

/// Beans that every service has and no library brings.
@Factory
final class KernelFactory {

    /// One validator for all services of a JVM: it caches what it compiles.
    private static final Validator VALIDATOR = ContractRules.validator();

    @Singleton
    Validator validator() {
        return VALIDATOR;
    }

    @Singleton
    @Requires(missingBeans = Clock.class)
    Clock clock() {
        return Clock.systemUTC();
    }

    @Singleton
    PrometheusMeterRegistry meterRegistry() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }
}
