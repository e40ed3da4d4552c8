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
import java.util.List;
import org.aula.bff.backend.RequestContext;
import org.jspecify.annotations.Nullable;

/// Looks at each operation before it runs: what it costs, and whether it may change anything.
final class CostInstrumentation extends SimplePerformantInstrumentation {

    private static final String NOT_SAFE = "METHOD_NOT_ALLOWED";

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
                && execution.getOperationDefinition().getOperation() != OperationDefinition.Operation.QUERY) {
            throw new AbortExecutionException(List.of(Refusals.of(NOT_SAFE, "mutations are sent by POST")));
        }
        var cost = RequestCost.of(execution);
        RequestContext request = execution.getGraphQLContext().get(RequestContext.class);
        if (request != null) {
            request.noteDocument(cost.cost(), cost.isLessonProgressWanted());
        }
        return SimpleInstrumentationContext.noOp();
    }
}
