package org.aula.bff;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import org.aula.bff.engine.GraphQlEngine;

/// Beans that need no more than being made.
@Factory
final class BffFactory {

    @Singleton
    GraphQlEngine engine() {
        return new GraphQlEngine();
    }
}
