package org.aula.bff.engine;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.aula.bff.access.AccessFields;
import org.aula.bff.accounts.AccountFields;
import org.aula.bff.accounts.SecurityFields;
import org.aula.bff.analytics.ActivityFields;
import org.aula.bff.analytics.AuditFields;
import org.aula.bff.assignments.FileAssignmentFields;
import org.aula.bff.assignments.QuestionFields;
import org.aula.bff.assignments.QuizFields;
import org.aula.bff.backend.Loaders;
import org.aula.bff.backend.RequestContext;
import org.aula.bff.content.AssetFields;
import org.aula.bff.courses.CategoryFields;
import org.aula.bff.courses.CourseFields;
import org.aula.bff.courses.TagFields;
import org.aula.bff.enrollments.CertificateFields;
import org.aula.bff.enrollments.EnrollmentFields;
import org.aula.bff.enrollments.EnrollmentListFields;
import org.aula.bff.enrollments.ProgressFields;
import org.aula.bff.enrollments.WaitlistFields;
import org.aula.bff.grades.AttemptFields;
import org.aula.bff.grades.GradebookFields;
import org.aula.bff.grades.GradingFields;
import org.aula.bff.grades.SubmissionFields;
import org.aula.bff.lessons.LessonFields;
import org.aula.bff.notifications.DeliveryFields;
import org.aula.bff.operations.OperationFields;
import org.aula.bff.reviews.ReviewFields;
import org.aula.bff.users.UserFields;

/// The schema and what answers it.
public final class GraphQlEngine {

    private static final List<String> SCHEMA_FILES = List.of(
            "common",
            "accounts",
            "security",
            "users",
            "access",
            "courses",
            "reviews",
            "lessons",
            "revisions",
            "content",
            "enrollments",
            "waitlist",
            "enrollment-lists",
            "progress",
            "certificates",
            "quizzes",
            "questions",
            "file-assignments",
            "attempts",
            "grading",
            "gradebook",
            "submissions",
            "operations",
            "analytics",
            "audit",
            "notifications");
    private static final List<Wiring.Part> PARTS = List.of(
            new AccountFields(),
            new SecurityFields(),
            new UserFields(),
            new AccessFields(),
            new CourseFields(),
            new CategoryFields(),
            new TagFields(),
            new ReviewFields(),
            new LessonFields(),
            new AssetFields(),
            new EnrollmentFields(),
            new WaitlistFields(),
            new EnrollmentListFields(),
            new ProgressFields(),
            new CertificateFields(),
            new QuizFields(),
            new QuestionFields(),
            new FileAssignmentFields(),
            new AttemptFields(),
            new GradingFields(),
            new GradebookFields(),
            new SubmissionFields(),
            new OperationFields(),
            new ActivityFields(),
            new AuditFields(),
            new DeliveryFields());

    private final Wiring wiring = new Wiring();
    private final GraphQLSchema schema;
    private final GraphQL graphQl;

    /// Reads the schema and binds it.
    public GraphQlEngine() {
        PARTS.forEach(part -> part.addTo(wiring));
        schema = new SchemaGenerator().makeExecutableSchema(definitions(), wiring.build());
        graphQl = GraphQL.newGraphQL(schema)
                .defaultDataFetcherExceptionHandler(new FailureHandler())
                .preparsedDocumentProvider(new DocumentCache(schema))
                .instrumentation(new CostInstrumentation())
                .build();
    }

    /// Answers one operation.
    ///
    /// @param context whose request it is
    /// @param read reads what is asked; what it throws is how the future fails
    public CompletableFuture<Answer> execute(RequestContext context, Supplier<GraphQlRequest> read) {
        return CompletableFuture.supplyAsync(() -> begin(context, read.get()), context.oneAtATime())
                .thenCompose(Function.identity())
                .thenApply(result -> answer(result, context));
    }

    private CompletableFuture<ExecutionResult> begin(RequestContext context, GraphQlRequest asked) {
        var input = ExecutionInput.newExecutionInput()
                .query(asked.query())
                .operationName(asked.operationName())
                .variables(asked.variables())
                .dataLoaderRegistry(Loaders.of(context))
                .graphQLContext(Map.of(RequestContext.class, context, GraphQlRequest.class, asked))
                .build();
        return graphQl.executeAsync(input);
    }

    GraphQLSchema schema() {
        return schema;
    }

    Wiring wiring() {
        return wiring;
    }

    private static Answer answer(ExecutionResult result, RequestContext context) {
        var body = new LinkedHashMap<String, Object>();
        if (!result.getErrors().isEmpty()) {
            body.put(
                    "errors",
                    result.getErrors().stream()
                            .map(error -> error(error, context.requestId()))
                            .toList());
        }
        if (result.isDataPresent()) {
            body.put("data", result.getData());
        }
        var extensions = new LinkedHashMap<String, Object>();
        extensions.put("cost", context.cost());
        extensions.put("grpcCalls", context.grpcCalls());
        extensions.put("requestId", context.requestId());
        body.put("extensions", extensions);
        return new Answer(body, outcome(result));
    }

    private static Answer.Outcome outcome(ExecutionResult result) {
        if (result.isDataPresent()) {
            return Answer.Outcome.EXECUTED;
        }
        return result.getErrors().stream().anyMatch(CostInstrumentation::isNotSafe)
                ? Answer.Outcome.NOT_SAFE
                : Answer.Outcome.REFUSED;
    }

    /// The errors of the library itself get the extensions that ours have.
    private static Map<String, Object> error(GraphQLError error, String requestId) {
        var specified = new LinkedHashMap<>(error.toSpecification());
        var extensions = new LinkedHashMap<String, Object>();
        extensions.put("code", "INVALID_ARGUMENT");
        extensions.put("reason", "DOCUMENT_INVALID");
        if (error.getExtensions() != null) {
            extensions.putAll(error.getExtensions());
        }
        extensions.remove("classification");
        extensions.put("requestId", requestId);
        specified.put("extensions", extensions);
        return specified;
    }

    private static TypeDefinitionRegistry definitions() {
        var registry = new TypeDefinitionRegistry();
        for (var name : SCHEMA_FILES) {
            var path = "/graphql/" + name + ".graphqls";
            try (var file = Objects.requireNonNull(GraphQlEngine.class.getResourceAsStream(path), path);
                    var reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
                registry.merge(new SchemaParser().parse(reader));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return registry;
    }
}
