package org.aula.bff.backend;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.Deadline;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.aula.kernel.client.Channels;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/// One GraphQL request on its way: whose it is, how long it may take, and the stubs that carry that to the
/// services. It is handed on explicitly and never lives in a thread.
public final class RequestContext {

    /// The longest that a request may take, in seconds.
    public static final int MAX_SECONDS = 15;

    private final Channels channels;
    private final String requestId;
    private final ClientHeaders client;
    private final Calls calls;
    private volatile boolean lessonProgressWanted;
    private volatile int cost;

    /// @param channels ways to the services
    /// @param requestId the id under which logs and errors name this request
    /// @param client what came with the request
    public RequestContext(Channels channels, String requestId, ClientHeaders client) {
        this.channels = channels;
        this.requestId = requestId;
        this.client = client;
        this.calls = new Calls(requestId, client, Deadline.after(MAX_SECONDS, TimeUnit.SECONDS));
    }

    /// The id under which logs and errors name this request.
    public String requestId() {
        return requestId;
    }

    /// Whether somebody claims to be signed in. The services verify it.
    public boolean isSignedIn() {
        return client.authorization() != null;
    }

    /// The user id in the bearer token, not verified: good to ask with, not to decide by. Null without a
    /// token that can be read.
    public @Nullable String claimedUserId() {
        var authorization = client.authorization();
        return authorization == null ? null : BearerToken.subject(authorization);
    }

    /// The reason for which services answered as they answer a visitor, although a token came; null when none
    /// did.
    public @Nullable String tokenIgnored() {
        return calls.tokenIgnored();
    }

    /// gRPC calls made so far.
    public int grpcCalls() {
        return calls.count();
    }

    /// What the request costs, see `RequestCost`.
    public int cost() {
        return cost;
    }

    /// Notes what reading the document has told.
    ///
    /// @param cost what the request costs
    /// @param lessonProgressWanted whether any field asks for progress by lesson
    public void noteDocument(int cost, boolean lessonProgressWanted) {
        this.cost = cost;
        this.lessonProgressWanted = lessonProgressWanted;
    }

    /// Whether enrollments are to be read with their progress by lesson.
    public boolean lessonProgressWanted() {
        return lessonProgressWanted;
    }

    /// Ends what is under way, because nobody waits for it any more.
    public void cancel() {
        calls.cancel();
    }

    /// Where the request is to be worked on, so that its batches come out whole.
    public Executor sequentialExecutor() {
        return calls.sequentialExecutor();
    }

    /// Calls a method of the contract. The domain is that of the method's package.
    ///
    /// @return fails with [TooManyCallsException] after all the calls that a request may make
    public <Q, A> CompletableFuture<A> call(MethodDescriptor<Q, A> method, Q message) {
        if (!calls.admit()) {
            return CompletableFuture.failedFuture(new TooManyCallsException(Calls.MAX_CALLS));
        }
        var channel = ClientInterceptors.intercept(channels.channel(domain(method)), calls);
        return calls.track(ClientCalls.futureUnaryCall(channel.newCall(method, CallOptions.DEFAULT), message));
    }

    /// The server stream of a method of the contract, which is opened when somebody subscribes to it. It
    /// lasts longer than the request: until it ends, or the subscriber does.
    public <Q, A extends Message> Publisher<A> listen(MethodDescriptor<Q, A> method, Q message) {
        var channel = ClientInterceptors.intercept(channels.channel(domain(method)), calls.withoutDeadline());
        return new ServerStream<>(channel, method, message);
    }

    /// The next request of the same client, with everything of its own but the id.
    public RequestContext next() {
        return new RequestContext(channels, requestId, client);
    }

    private static String domain(MethodDescriptor<?, ?> method) {
        return Contract.domain(method.getFullMethodName());
    }
}
