package org.aula.edge;

import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitDescriptor.Entry;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitServiceGrpc.RateLimitServiceImplBase;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Stands in for the service that counts: decides as a test wants it and remembers what it was asked.
final class Limits extends RateLimitServiceImplBase {

    /// A question.
    ///
    /// @param entries what Envoy told of the request
    /// @param points what it weighs
    record Asked(Map<String, String> entries, long points) {}

    private static final RateLimitResponse OK = RateLimitResponse.newBuilder()
            .setOverallCode(RateLimitResponse.Code.OK)
            .build();

    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile Function<Asked, RateLimitResponse> decision = question -> OK;

    /// Decides from now on like this; null for no answer at all.
    void decide(Function<Asked, RateLimitResponse> how) {
        asked.clear();
        decision = how;
    }

    /// Lets everything pass again.
    void pass() {
        decide(question -> OK);
    }

    List<Asked> asked() {
        return asked;
    }

    /// What was asked before requests were let in.
    List<Asked> requests() {
        return asked.stream().filter(question -> question.points() == 10).toList();
    }

    @Override
    public void shouldRateLimit(RateLimitRequest request, StreamObserver<RateLimitResponse> answer) {
        var descriptor = request.getDescriptors(0);
        var question = new Asked(
                descriptor.getEntriesList().stream().collect(Collectors.toMap(Entry::getKey, Entry::getValue)),
                descriptor.getHitsAddend().getValue());
        asked.add(question);
        var decided = decision.apply(question);
        if (decided != null) {
            answer.onNext(decided);
            answer.onCompleted();
        }
    }
}
