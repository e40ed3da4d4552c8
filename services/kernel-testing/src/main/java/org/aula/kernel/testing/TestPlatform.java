package org.aula.kernel.testing;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.nimbusds.jwt.JWTClaimsSet;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.inprocess.InProcessChannelBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.assertj.core.api.Assertions;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.kernel.call.CallHeaders;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.call.ServiceKeys;
import org.aula.kernel.contract.ContractFiles;
import org.aula.kernel.service.ServiceProcess;
import org.aula.kernel.time.Times;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Real services in this process, over in-process gRPC with the interceptors of production, on the real
/// engines.
///
/// ```java
/// @RegisterExtension
/// static final TestPlatform platform = TestPlatform.with("courses");
/// ...
/// var author = platform.user("courses:create");
/// var courses = CourseServiceGrpc.newBlockingStub(platform.as(author, "courses"));
/// ```
///
/// Every test fails when a service gave a refusal without ErrorInfo.
public final class TestPlatform implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    private final List<String> names;
    private final Map<String, String> overrides = new HashMap<>();
    private final List<Object> beans = new ArrayList<>();
    private final TestUserKeys userKeys = new TestUserKeys();
    private final ConformanceInterceptor conformance = new ConformanceInterceptor();
    private final Map<String, ServiceProcess> running = new LinkedHashMap<>();
    private final Map<String, ManagedChannel> channels = new HashMap<>();
    private Clock clock = Clock.systemUTC();

    private TestPlatform(List<String> names) {
        this.names = names;
    }

    /// These services; others that they call are unavailable.
    public static TestPlatform with(String... services) {
        return new TestPlatform(List.of(services));
    }

    /// All of them see this clock.
    public TestPlatform at(Clock pinned) {
        clock = pinned;
        beans.add(pinned);
        return this;
    }

    /// Puts a bean into every service, such as a handler of the test's own.
    public TestPlatform bean(Object bean) {
        beans.add(bean);
        return this;
    }

    /// Sets a name of the environment, such as a wrong `REDIS_URL`, or `AULA_CONTENT_QUOTA_BYTES` for the
    /// property `aula.content.quota-bytes`.
    public TestPlatform setting(String name, String value) {
        overrides.put(name, value);
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        var environment = new HashMap<>(TestEngines.forServices());
        var run = UUID.randomUUID();
        for (var name : ContractFiles.domains()) {
            environment.put(name.toUpperCase(Locale.ROOT) + "_TARGET", "inprocess:" + name + "-" + run);
        }
        if (!names.contains("users")) {
            // Nobody would answer.
            environment.put("AULA_AUTH_REGISTRATION_WAIT", "PT0S");
        }
        environment.putAll(overrides);
        var all = new ArrayList<>(beans);
        all.add(conformance);
        if (!names.contains("auth")) {
            all.add(userKeys);
        }
        for (var name : names) {
            var ofService = new ArrayList<>(all);
            ofService.add(new StatementCounter());
            running.put(name, ServiceProcess.start(name, environment, ofService.toArray()));
            channels.put(name, InProcessChannelBuilder.forName(name + "-" + run).build());
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Assertions.assertThat(conformance.drain())
                .as("refusals without exactly one ErrorInfo")
                .isEmpty();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        channels.values().forEach(ManagedChannel::shutdownNow);
        running.values().forEach(ServiceProcess::close);
    }

    /// A service as a visitor without a token calls it.
    public Channel anonymous(String service) {
        return withDeadline(channel(service));
    }

    /// A service as this user calls it.
    public Channel as(TestUser user, String service) {
        return withToken(service, user.token());
    }

    /// A service as another service calls it for itself.
    public Channel asService(String caller, String service) {
        var keys = serviceKeys(caller);
        return withToken(service, keys.tokenFor(service));
    }

    /// A service as whoever holds this token calls it.
    public Channel withToken(String service, String token) {
        return withDeadline(ClientInterceptors.intercept(channel(service), new Bearer(token)));
    }

    /// A new user with a verified account and these permissions.
    public TestUser user(String... permissions) {
        var id = account();
        return new TestUser(id, userKeys.token(id, List.of(permissions), clock, Duration.ofMinutes(15)));
    }

    /// A new user with these permissions who has not verified the account.
    public TestUser unverifiedUser(String... permissions) {
        var id = account();
        superuser()
                .useHandle(handle ->
                        handle.execute("UPDATE auth.accounts SET status = 'PENDING_VERIFICATION' WHERE id = ?", id));
        return new TestUser(id, userKeys.unverified(id, List.of(permissions), clock));
    }

    /// A token of this user with these roles, of a session, whose rights were read at this time.
    public String token(TestUser user, List<String> roles, UUID sessionId, long rightsMillis) {
        return userKeys.token(user.id(), roles, sessionId, rightsMillis, clock);
    }

    /// A token of this user that was past its time a minute ago.
    public String expiredToken(TestUser user) {
        return userKeys.token(user.id(), List.of(), clock, Duration.ofMinutes(-1));
    }

    /// A token of this user that a stranger signed.
    public String forgedToken(TestUser user, String... permissions) {
        return userKeys.forged(user.id(), List.of(permissions), clock);
    }

    /// A token that is signed with a service's own key, whatever it says.
    public String serviceToken(String service, JWTClaimsSet claims) {
        return ServiceTokens.sign(service, TestEngines.forServices(), claims);
    }

    /// A row of `auth.accounts`, which rows of other domains refer to.
    public UUID account() {
        var id = UuidCreator.getTimeOrderedEpoch();
        superuser()
                .useHandle(handle -> handle.createUpdate("""
                        INSERT INTO auth.accounts (id, email, password_hash, status)
                        VALUES (:id, :email, '-', 'ACTIVE')
                        """)
                        .bind("id", id)
                        .bind("email", id + "@test.example")
                        .execute());
        return id;
    }

    /// The database as the superuser sees it.
    public Jdbi superuser() {
        return TestEngines.superuser();
    }

    /// A bean of a running service.
    public <T> T bean(String service, Class<T> type) {
        return process(service).context().getBean(type);
    }

    /// Runs code as a service does for itself, for beans that need a scope.
    public <T> T inside(String service, Callable<T> work) throws Exception {
        return CallScope.runAsService(service, "test", "", work);
    }

    /// Publishes an event as a domain that does not run in this test would.
    ///
    /// @param key the event's resource
    public void publish(String domain, String key, Message event) {
        var envelope = EventEnvelope.newBuilder()
                .setEventId(UuidCreator.getTimeOrderedEpoch().toString())
                .setType(event.getDescriptorForType().getFullName())
                .setOccurredAt(Times.timestamp(clock.instant()))
                .setActor("service:" + domain)
                .setKey(key)
                .setPayload(Any.pack(event))
                .build();
        TestEngines.publish(domain, envelope);
    }

    /// How many SQL statements a service sends while this runs, those that go with COMMIT too; see
    /// [StatementCounter].
    public int statements(String service, Refusal.Call work) throws Exception {
        var counter = bean(service, StatementCounter.class);
        var before = counter.counted();
        work.run();
        return counter.counted() - before;
    }

    private ServiceKeys serviceKeys(String caller) {
        var keys = running.get(caller);
        if (keys != null) {
            return keys.context().getBean(ServiceKeys.class);
        }
        return ServiceTokens.of(caller, TestEngines.forServices(), clock);
    }

    private ServiceProcess process(String service) {
        var process = running.get(service);
        if (process == null) {
            throw new IllegalStateException(service + " does not run in this test");
        }
        return process;
    }

    private Channel channel(String service) {
        process(service);
        return java.util.Objects.requireNonNull(channels.get(service));
    }

    /// No test waits longer than this for an answer.
    private static Channel withDeadline(Channel channel) {
        return ClientInterceptors.intercept(channel, new ClientInterceptor() {
            @Override
            public <Q, A> ClientCall<Q, A> interceptCall(
                    MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
                var limited = options.getDeadline() == null
                        ? options.withDeadlineAfter(60, java.util.concurrent.TimeUnit.SECONDS)
                        : options;
                return next.newCall(method, limited);
            }
        });
    }

    private record Bearer(String token) implements ClientInterceptor {
        @Override
        public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
            return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
                @Override
                public void start(Listener<A> listener, Metadata headers) {
                    headers.put(CallHeaders.AUTHORIZATION, "Bearer " + token);
                    super.start(listener, headers);
                }
            };
        }
    }
}
