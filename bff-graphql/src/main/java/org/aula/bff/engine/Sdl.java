package org.aula.bff.engine;

import graphql.Directives;
import graphql.schema.idl.SchemaPrinter;

/// The whole schema as one document, with its descriptions and directives.
public final class Sdl {

    private Sdl() {}

    /// Prints an engine's schema, always in the same order.
    public static String of(GraphQlEngine engine) {
        var options = SchemaPrinter.Options.defaultOptions()
                .includeScalarTypes(true)
                .includeSchemaDefinition(true)
                .includeDirectives(true)
                .includeDirectiveDefinition(name -> !Directives.isBuiltInDirective(name));
        return new SchemaPrinter(options).print(engine.schema());
    }
}
