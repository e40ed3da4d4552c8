package org.aula.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.grpc.Status.Code;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.aula.api.auth.v1.AuthServiceGrpc;
import org.aula.api.auth.v1.GetMeRequest;
import org.aula.api.common.v1.ErrorReason;
import org.aula.kernel.redis.Redis;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.Refusal;
import org.junit.jupiter.api.Test;

/// Everybody's hour at the edge, with all that takes part in it.
final class ApiLimitsTest {

    private static final Pattern REMAINING = Pattern.compile("\"api\";r=(\\d+);t=\\d+");
    private static final String QUERY = "{\"query\":\"{ courses(first: 20) { nodes { id title } } }\"}";

    @Test
    void aRequestCostsTenAndAnOperationItsCostBesides() throws Exception {
        var edge = Edge.get();
        var person = edge.person();
        // The first request of all may not be counted: auth asks first whether Redis is there.
        Await.until(
                "counts at the edge",
                () -> edge.post(person, QUERY).headers().firstValue("ratelimit").isPresent());

        var before = remaining(edge.post(person, QUERY));
        var answer = edge.post(person, QUERY);
        var cost = JsonParser.parseString(answer.body())
                .getAsJsonObject()
                .getAsJsonObject("extensions")
                .get("cost")
                .getAsLong();

        assertThat(cost).isPositive();
        assertThat(answer.headers().firstValue("x-aula-cost")).isEmpty();
        // Its cost is counted when it has ended.
        Await.until("both are counted", () -> remaining(edge.post(person, QUERY)) <= before - 2 * (10 + cost));
    }

    @Test
    void whoHasUsedUpTheHourIsRefusedAndOthersAreNot() throws Exception {
        var edge = Edge.get();
        var person = edge.person();
        var other = edge.person();
        edge.mesh()
                .service("auth")
                .context()
                .getBean(Redis.class)
                .commands()
                .psetex("rate_limit:api:" + person.id(), 600_000, "1000000".getBytes(StandardCharsets.US_ASCII));

        Await.until("a refusal", () -> edge.post(person, QUERY).statusCode() == 429);
        var refused = edge.post(person, QUERY);
        var refusal = Refusal.expect(
                Code.RESOURCE_EXHAUSTED,
                ErrorReason.ERROR_REASON_RATE_LIMITED,
                () -> AuthServiceGrpc.newBlockingStub(edge.as(person)).getMe(GetMeRequest.getDefaultInstance()));

        assertThat(refused.body()).contains("\"RATE_LIMITED\"", "\"RESOURCE_EXHAUSTED\"", "\"requestId\"");
        assertThat(Long.parseLong(refused.headers().firstValue("retry-after").orElseThrow()))
                .isBetween(1L, 601L);
        assertThat(refusal.hasRetryInfo()).isTrue();
        assertThat(edge.post(other, QUERY).statusCode()).isEqualTo(200);
        assertThat(edge.post(null, QUERY).statusCode()).isEqualTo(200);
    }

    private static long remaining(HttpResponse<?> answer) {
        var told = REMAINING.matcher(answer.headers().firstValue("ratelimit").orElse(""));
        return told.matches() ? Long.parseLong(told.group(1)) : Long.MAX_VALUE;
    }
}
