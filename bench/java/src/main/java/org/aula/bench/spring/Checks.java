package org.aula.bench.spring;

import build.buf.protovalidate.Validator;
import build.buf.protovalidate.exceptions.ValidationException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.protobuf.Message;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.text.ParseException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.aula.api.options.v1.Options;
import org.aula.api.options.v1.Policy;

/// What every call passes: token, policy, deadline, bounds of the request. A token that was verified once
/// is known until it expires, as in the platform.
final class Checks implements ServerInterceptor {

    private record Rules(Policy policy, long deadlineMillis) {}

    private final Validator validator;
    private final JWKSet keys;
    private final Map<String, Rules> contract = new ConcurrentHashMap<>();
    private final Cache<String, Caller> verified =
            Caffeine.newBuilder().maximumSize(10_000).build();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    Checks(Validator validator, JWKSet keys) {
        this.validator = validator;
        this.keys = keys;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        var rules = contract.computeIfAbsent(
                call.getMethodDescriptor().getFullMethodName(), name -> rules(call.getMethodDescriptor()));
        var token = Caller.token(headers);
        var caller = token == null ? null : verify(token);
        if (!isAllowed(rules.policy(), caller)) {
            throw Status.PERMISSION_DENIED.withDescription("you may not do this").asRuntimeException();
        }
        var context = (caller == null ? Context.current() : caller.attached())
                .withDeadlineAfter(rules.deadlineMillis(), TimeUnit.MILLISECONDS, timer);
        return new Validated<>(Contexts.interceptCall(context, call, headers, next), validator, context);
    }

    private static Rules rules(MethodDescriptor<?, ?> method) {
        if (!(method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier known)
                || !known.getMethodDescriptor().getOptions().hasExtension(Options.policy)) {
            // Health and reflection, which the starter brings.
            return new Rules(Policy.newBuilder().setAnonymous(true).build(), 60_000);
        }
        var options = known.getMethodDescriptor().getOptions();
        var deadline = options.getExtension(Options.deadline);
        return new Rules(
                options.getExtension(Options.policy), deadline.getSeconds() * 1_000 + deadline.getNanos() / 1_000_000);
    }

    private static boolean isAllowed(Policy policy, Caller caller) {
        return policy.getAnonymous()
                || (caller != null
                        && (policy.getSignedIn()
                                || policy.getOwner() // whose it is the method itself asks
                                || policy.getPermissionsList().stream()
                                        .anyMatch(caller.permissions()::contains)));
    }

    private Caller verify(String token) {
        var known = verified.get(token, this::verifyAnew);
        if (!Instant.now().isBefore(known.expires())) {
            throw Status.UNAUTHENTICATED.withDescription("the token is past its time").asRuntimeException();
        }
        return known;
    }

    private Caller verifyAnew(String token) {
        try {
            var jwt = SignedJWT.parse(token);
            var claims = jwt.getJWTClaimsSet();
            var key = keys.getKeyByKeyId(jwt.getHeader().getKeyID());
            if (JWSAlgorithm.ES256.equals(jwt.getHeader().getAlgorithm())
                    && key != null
                    && jwt.verify(new ECDSAVerifier(key.toECKey()))
                    && "aula".equals(claims.getIssuer())
                    && claims.getAudience().contains("aula")
                    && claims.getSubject() != null
                    && claims.getExpirationTime() != null) {
                var permissions = claims.getStringListClaim("permissions");
                return new Caller(
                        claims.getSubject(),
                        new HashSet<>(permissions == null ? List.of() : permissions),
                        claims.getExpirationTime().toInstant());
            }
        } catch (ParseException | JOSEException malformed) {
            // Refused as all others.
        }
        throw Status.UNAUTHENTICATED.withDescription("the token is not valid").asRuntimeException();
    }

    private static final class Validated<Q> extends SimpleForwardingServerCallListener<Q> {

        private final Validator validator;
        private final Context.CancellableContext context;

        Validated(ServerCall.Listener<Q> next, Validator validator, Context.CancellableContext context) {
            super(next);
            this.validator = validator;
            this.context = context;
        }

        @Override
        public void onMessage(Q message) {
            try {
                var result = validator.validate((Message) message);
                if (!result.isSuccess()) {
                    throw Status.INVALID_ARGUMENT.withDescription(result.toString()).asRuntimeException();
                }
            } catch (ValidationException broken) {
                throw Status.INTERNAL.withCause(broken).asRuntimeException();
            }
            super.onMessage(message);
        }

        @Override
        public void onComplete() {
            context.cancel(null);
            super.onComplete();
        }

        @Override
        public void onCancel() {
            context.cancel(null);
            super.onCancel();
        }
    }
}
