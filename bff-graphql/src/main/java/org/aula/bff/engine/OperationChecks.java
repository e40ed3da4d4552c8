package org.aula.bff.engine;

import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.execution.AbortExecutionException;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimpleInstrumentationContext;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import graphql.language.OperationDefinition;
import graphql.schema.GraphQLSchema;
import java.util.List;
import org.aula.bff.backend.RequestContext;
import org.jspecify.annotations.Nullable;

/// Looks at each operation before it runs: what it costs, whether it may change anything, and whether it may
/// ask what the schema is.
final class OperationChecks extends SimplePerformantInstrumentation {

    private static final String NOT_SAFE = "METHOD_NOT_ALLOWED";

    private final IntrospectionSizes introspectionSizes;
    private final boolean introspection;

    OperationChecks(GraphQLSchema schema, boolean introspection) {
        this.introspectionSizes = new IntrospectionSizes(schema);
        this.introspection = introspection;
    }

    /// Whether an error says that a mutation came by GET.
    static boolean isNotSafe(GraphQLError error) {
        return error.getExtensions() != null
                && NOT_SAFE.equals(error.getExtensions().get("reason"));
    }

    @Override
    public InstrumentationContext<ExecutionResult> beginExecuteOperation(
            InstrumentationExecuteOperationParameters parameters, @Nullable InstrumentationState state) {
        var execution = parameters.getExecutionContext();
        GraphQlRequest asked = execution.getGraphQLContext().get(GraphQlRequest.class);
        if (asked != null
                && asked.readOnly()
                && execution.getOperationDefinition().getOperation() == OperationDefinition.Operation.MUTATION) {
            throw refusal(NOT_SAFE, "mutations are sent by POST");
        }
        var cost = RequestCost.of(execution, introspectionSizes);
        RequestContext request = execution.getGraphQLContext().get(RequestContext.class);
        if (request != null) {
            request.noteDocument(cost.cost(), cost.isLessonProgressWanted());
        }
        if (cost.isIntrospection() && !introspection) {
            throw refusal("INTROSPECTION_DISABLED", "this API does not tell its schema by introspection");
        }
        cost.check();
        return SimpleInstrumentationContext.noOp();
    }

    private static AbortExecutionException refusal(String reason, String message) {
        return new AbortExecutionException(List.of(Refusals.of(reason, message)));
    }
}
