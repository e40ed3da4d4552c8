package org.aula.auth.limit;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.service.ratelimit.v3.HeaderValue;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitDescriptor;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitDescriptor.Entry;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.Code;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitServiceGrpc.RateLimitServiceImplBase;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.aula.api.common.v1.ErrorReason;
import org.aula.auth.limit.ApiLimits.Budget;
import org.aula.kernel.error.ErrorMapping;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.StoreUnavailableException;
import org.aula.kernel.server.EdgeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What Envoy asks before it lets a request in, and tells when it has ended: a user is counted by the user's
/// id, a partner by the partner's, everybody else by the address of the net that they call from.
///
/// The answer says how things stand in the headers `ratelimit` and `ratelimit-policy` of
/// draft-ietf-httpapi-ratelimit-headers-10; a refusal has `retry-after` and the details of RATE_LIMITED besides. While
/// Redis is away the answer is UNAVAILABLE, and Envoy lets the request in.
@Singleton
final class EdgeLimits extends RateLimitServiceImplBase implements EdgeService {

    private static final Logger LOG = LoggerFactory.getLogger(EdgeLimits.class);
    private static final String MESSAGE = "too many calls; try again later";

    /// Whom a request counts against.
    private record Subject(String key, long limit) {}

    private final ApiLimits limits;
    private final ApiLimitSettings settings;

    EdgeLimits(ApiLimits limits, ApiLimitSettings settings) {
        this.limits = limits;
        this.settings = settings;
    }

    @Override
    public void shouldRateLimit(RateLimitRequest request, StreamObserver<RateLimitResponse> answer) {
        try {
            answer.onNext(decide(request));
            answer.onCompleted();
        } catch (StoreUnavailableException unavailable) {
            LOG.debug("nothing is counted at the edge", unavailable);
            answer.onError(
                    Status.UNAVAILABLE.withDescription("redis is unavailable").asRuntimeException());
        } catch (IllegalArgumentException malformed) {
            answer.onError(Status.INVALID_ARGUMENT
                    .withDescription(malformed.getMessage())
                    .asRuntimeException());
        }
    }

    private RateLimitResponse decide(RateLimitRequest request) {
        if (request.getDescriptorsCount() != 1) {
            throw new IllegalArgumentException("one descriptor is wanted");
        }
        var descriptor = request.getDescriptors(0);
        var subject = subject(descriptor);
        var budget = limits.take(subject.key(), points(request, descriptor), subject.limit(), settings.window());
        return budget.granted() ? granted(budget) : refused(budget);
    }

    private Subject subject(RateLimitDescriptor descriptor) {
        var entries = new HashMap<String, String>();
        for (Entry entry : descriptor.getEntriesList()) {
            entries.put(entry.getKey(), entry.getValue());
        }
        var partner = entries.get("partner");
        if (partner != null) {
            return new Subject("partner:" + partner, settings.perPartner());
        }
        var user = entries.get("user");
        if (user != null) {
            return new Subject(user, settings.perUser());
        }
        var address = entries.get("remote_address");
        if (address == null) {
            throw new IllegalArgumentException("a user, a partner or a remote_address is wanted");
        }
        return new Subject("address:" + Network.of(address), settings.perAddress());
    }

    private static long points(RateLimitRequest request, RateLimitDescriptor descriptor) {
        var points = descriptor.hasHitsAddend()
                ? descriptor.getHitsAddend().getValue()
                : Integer.toUnsignedLong(request.getHitsAddend());
        return Math.clamp(points, 0, Integer.MAX_VALUE);
    }

    private RateLimitResponse granted(Budget budget) {
        return response(Code.OK, budget).build();
    }

    private RateLimitResponse refused(Budget budget) {
        var wait = budget.reset().plus(Duration.ofSeconds(1)).truncatedTo(ChronoUnit.SECONDS);
        var details = ErrorMapping.map(Errors.exhausted(ErrorReason.ERROR_REASON_RATE_LIMITED, MESSAGE, wait))
                .status();
        return response(Code.OVER_LIMIT, budget)
                .addResponseHeadersToAdd(header("retry-after", Long.toString(wait.toSeconds())))
                .addResponseHeadersToAdd(header(
                        "grpc-status-details-bin",
                        Base64.getEncoder().withoutPadding().encodeToString(details.toByteArray())))
                .setRawBody(ByteString.copyFromUtf8(MESSAGE))
                .setDynamicMetadata(metadata(Map.of("reason", "RATE_LIMITED", "retryDelay", wait.toSeconds() + "s")))
                .build();
    }

    private RateLimitResponse.Builder response(Code code, Budget budget) {
        return RateLimitResponse.newBuilder()
                .setOverallCode(code)
                .addResponseHeadersToAdd(header(
                        "ratelimit-policy",
                        "\"api\";q=" + budget.limit() + ";w="
                                + settings.window().toSeconds()))
                .addResponseHeadersToAdd(header(
                        "ratelimit",
                        "\"api\";r=" + budget.remaining() + ";t="
                                + budget.reset().toSeconds()));
    }

    private static HeaderValue header(String name, String value) {
        return HeaderValue.newBuilder().setKey(name).setValue(value).build();
    }

    private static Struct metadata(Map<String, String> values) {
        var metadata = Struct.newBuilder();
        values.forEach((name, value) -> metadata.putFields(
                name, Value.newBuilder().setStringValue(value).build()));
        return metadata.build();
    }
}
