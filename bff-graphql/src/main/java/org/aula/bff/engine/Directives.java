package org.aula.bff.engine;

import graphql.schema.GraphQLFieldDefinition;

/// What the schema's own directives say of fields.
final class Directives {

    private Directives() {}

    /// The number in a directive.
    ///
    /// @param otherwise the number of a field that does not have the directive
    static int number(GraphQLFieldDefinition definition, String directive, String argument, int otherwise) {
        var applied = definition.getAppliedDirective(directive);
        var given = applied == null ? null : applied.getArgument(argument);
        return given != null && given.<Object>getValue() instanceof Number number ? number.intValue() : otherwise;
    }
}
