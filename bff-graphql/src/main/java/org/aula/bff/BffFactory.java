package org.aula.bff;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import org.aula.bff.engine.EngineSettings;
import org.aula.bff.engine.GraphQlEngine;
import org.aula.bff.schema.SchemaParts;

/// Beans that need no more than being made.
@Factory
final class BffFactory {

    @Context
    GraphQlEngine engine(EngineSettings settings) {
        return new GraphQlEngine(SchemaParts.ALL, settings);
    }
}
