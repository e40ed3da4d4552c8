package org.aula.auth.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.UInt64Value;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.envoyproxy.envoy.service.ratelimit.v3.HeaderValue;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitDescriptor;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitDescriptor.Entry;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.Code;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitServiceGrpc;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitServiceGrpc.RateLimitServiceBlockingStub;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.aula.kernel.call.CallHeaders;
import org.aula.kernel.redis.Redis;
import org.aula.kernel.settings.Settings;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What the edge hears, with bounds that are soon reached.
class EdgeLimitsTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("auth")
            .setting("AULA_AUTH_API_PER_USER", "100")
            .setting("AULA_AUTH_API_PER_PARTNER", "200")
            .setting("AULA_AUTH_API_PER_ADDRESS", "300");

    @RegisterExtension
    static final TestPlatform withoutRedis = TestPlatform.with("auth").setting("REDIS_URL", "redis://127.0.0.1:1");

    private final RateLimitServiceBlockingStub edge =
            stub(platform, platform.bean("auth", Settings.class).secret("edge.key"));
    private final String id = UUID.randomUUID().toString();
    private final String address = "2001:db8:" + id.substring(0, 4) + ":" + id.substring(4, 8) + "::1";

    /// The first question of a process is whether Redis is there.
    @BeforeEach
    void redisIsFound() throws Exception {
        Await.until("Redis", () -> {
            try {
                return ask(1, Map.of("user", "nobody")).getOverallCodeValue() > 0;
            } catch (StatusRuntimeException notYet) {
                return false;
            }
        });
    }

    @Test
    void aWindowRunsFromTheFirstRequestAndEndsByItself() {
        var first = ask(10, Map.of("user", id, "remote_address", address));
        var second = ask(30, Map.of("user", id, "remote_address", address));

        assertThat(first.getOverallCode()).isEqualTo(Code.OK);
        assertThat(headers(first)).containsEntry("ratelimit-policy", "\"api\";q=100;w=3600");
        assertThat(headers(first).get("ratelimit")).matches("\"api\";r=90;t=3(600|59\\d)");
        assertThat(headers(second).get("ratelimit")).startsWith("\"api\";r=60;");
        assertThat(platform.bean("auth", Redis.class).commands().pttl("rate_limit:api:" + id))
                .isBetween(3_500_000L, 3_600_000L);
    }

    @Test
    void whatIsUsedUpIsRefusedWithReasonAndTimeAndCostsNothing() throws Exception {
        ask(10, Map.of("user", id));
        // The cost of an operation is told when it has ended, and may be more than was left.
        ask(140, Map.of("user", id));

        var refused = ask(10, Map.of("user", id));

        assertThat(refused.getOverallCode()).isEqualTo(Code.OVER_LIMIT);
        assertThat(headers(refused).get("ratelimit")).startsWith("\"api\";r=0;");
        var wait = Long.parseLong(headers(refused).get("retry-after"));
        assertThat(wait).isBetween(3_500L, 3_601L);
        assertThat(refused.getDynamicMetadata().getFieldsOrThrow("reason").getStringValue())
                .isEqualTo("RATE_LIMITED");
        assertThat(refused.getDynamicMetadata().getFieldsOrThrow("retryDelay").getStringValue())
                .isEqualTo(wait + "s");
        var status =
                Status.parseFrom(Base64.getDecoder().decode(headers(refused).get("grpc-status-details-bin")));
        assertThat(status.getCode()).isEqualTo(com.google.rpc.Code.RESOURCE_EXHAUSTED_VALUE);
        assertThat(status.getDetails(0).unpack(ErrorInfo.class).getReason()).isEqualTo("RATE_LIMITED");
        assertThat(status.getDetails(1).unpack(RetryInfo.class).getRetryDelay().getSeconds())
                .isEqualTo(wait);
        assertThat(count(id)).isEqualTo("150");
    }

    @Test
    void aPartnerIsCountedAsSuchThenAUserAndOthersByTheirAddress() {
        var everything = Map.of("partner", id, "user", id, "remote_address", address);

        assertThat(headers(ask(10, everything)).get("ratelimit-policy")).contains("q=200");
        assertThat(headers(ask(10, Map.of("user", id, "remote_address", address)))
                        .get("ratelimit-policy"))
                .contains("q=100");
        ask(10, Map.of("remote_address", address));
        // Another address of the same household.
        var household = ask(10, Map.of("remote_address", address.replace("::1", "::2")));

        assertThat(headers(household).get("ratelimit")).startsWith("\"api\";r=280;");
        assertThat(count("partner:" + id)).isEqualTo("10");
        assertThat(count(id)).isEqualTo("10");
    }

    @Test
    void nobodyElseMayAsk() {
        for (var key : new String[] {"", "something"}) {
            var refused = catchThrowableOfType(
                    StatusRuntimeException.class,
                    () -> stub(platform, key).shouldRateLimit(request(10, Map.of("user", id))));
            assertThat(refused.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.UNAUTHENTICATED);
        }
        assertThat(platform.bean("auth", Redis.class).commands().exists("rate_limit:api:" + id))
                .isZero();
    }

    @Test
    void withoutRedisNothingIsDecided() {
        var stub = stub(withoutRedis, withoutRedis.bean("auth", Settings.class).secret("edge.key"));

        var refused = catchThrowableOfType(
                StatusRuntimeException.class, () -> stub.shouldRateLimit(request(10, Map.of("user", id))));

        assertThat(refused.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.UNAVAILABLE);
    }

    private RateLimitResponse ask(long points, Map<String, String> entries) {
        return edge.shouldRateLimit(request(points, entries));
    }

    private static RateLimitRequest request(long points, Map<String, String> entries) {
        var descriptor = RateLimitDescriptor.newBuilder().setHitsAddend(UInt64Value.of(points));
        entries.forEach((key, value) ->
                descriptor.addEntries(Entry.newBuilder().setKey(key).setValue(value)));
        return RateLimitRequest.newBuilder()
                .setDomain("api")
                .addDescriptors(descriptor)
                .build();
    }

    private static RateLimitServiceBlockingStub stub(TestPlatform platform, String key) {
        var headers = new Metadata();
        if (!key.isEmpty()) {
            headers.put(CallHeaders.EDGE_KEY, key);
        }
        return RateLimitServiceGrpc.newBlockingStub(platform.anonymous("auth"))
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private static Map<String, String> headers(RateLimitResponse response) {
        return response.getResponseHeadersToAddList().stream()
                .collect(Collectors.toMap(HeaderValue::getKey, HeaderValue::getValue));
    }

    private static String count(String subject) {
        return new String(
                platform.bean("auth", Redis.class).commands().get("rate_limit:api:" + subject),
                StandardCharsets.US_ASCII);
    }
}
