package org.aula.kernel.call;

import io.grpc.Context;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.aula.api.common.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.jspecify.annotations.Nullable;

/// What is known of the work in progress: who asked for it, under which ids, and what the policy has
/// decided so far.
///
/// One scope lives as long as one call. Work that no call asked for (a consumer, a job) runs in a scope of
/// the service itself, see [#runAsService].
public final class CallScope {

    private static final Context.Key<CallScope> KEY = Context.key("aula-call-scope");

    /// What the policy says before the handler runs.
    public enum Decision {
        /// The contract lets this caller in.
        ALLOWED,
        /// The contract lets this caller in by a permission or as a service: every resource is open.
        ALLOWED_FOR_ALL,
        /// Only owning the resource can open the method; the handler must ask [#requireOwner].
        UNDECIDED
    }

    private final Caller caller;
    private final String requestId;
    private final String traceparent;
    private final String method;
    private final @Nullable String token;
    private final ClientInfo clientInfo;
    private final Decision policyDecision;
    private volatile Decision decision;
    private volatile boolean audited;

    public CallScope(
            Caller caller,
            String requestId,
            String traceparent,
            String method,
            @Nullable String token,
            Decision decision) {
        this(caller, requestId, traceparent, method, token, decision, ClientInfo.UNKNOWN);
    }

    public CallScope(
            Caller caller,
            String requestId,
            String traceparent,
            String method,
            @Nullable String token,
            Decision decision,
            ClientInfo clientInfo) {
        this.caller = caller;
        this.requestId = requestId;
        this.traceparent = traceparent;
        this.method = method;
        this.token = token;
        this.policyDecision = decision;
        this.decision = decision;
        this.clientInfo = clientInfo;
    }

    /// The scope of the work in progress.
    ///
    /// @throws IllegalStateException when code that needs a caller runs outside of any scope
    public static CallScope current() {
        var scope = KEY.get();
        if (scope == null) {
            throw new IllegalStateException("no call scope: run this inside a call or CallScope.runAsService");
        }
        return scope;
    }

    /// Whether a scope is there.
    public static boolean isPresent() {
        return KEY.get() != null;
    }

    /// The gRPC context that carries this scope.
    public Context attachTo(Context context) {
        return context.withValue(KEY, this);
    }

    /// Runs work that no call asked for, in the name of the service itself.
    public static <T> T runAsService(String service, String what, String traceparent, Callable<T> work)
            throws Exception {
        var scope = new CallScope(new Caller.Service(service), what, traceparent, what, null, Decision.ALLOWED_FOR_ALL);
        return scope.attachTo(Context.current()).call(work);
    }

    /// Who calls.
    public Caller caller() {
        return caller;
    }

    /// The id under which logs and errors name this call.
    public String requestId() {
        return requestId;
    }

    /// W3C trace context, or an empty string.
    public String traceparent() {
        return traceparent;
    }

    /// Full name of the method, such as `aula.courses.v1.CourseService/GetCourse`.
    public String method() {
        return method;
    }

    /// The caller's own token, to be passed on to other services.
    public @Nullable String token() {
        return token;
    }

    /// Where the call came from.
    public ClientInfo clientInfo() {
        return clientInfo;
    }

    /// What the policy has decided.
    public Decision decision() {
        return decision;
    }

    /// A further message of a stream has come: what it is about is to be decided anew.
    public void resetDecision() {
        decision = policyDecision;
    }

    /// Notes that the call's audit entry is written, or that there is none to write.
    public void markAudited() {
        audited = true;
    }

    /// Whether the call's audit entry is written.
    public boolean isAudited() {
        return audited;
    }

    /// Whether every row is open to this caller, not only their own: the second layer in the database reads
    /// this.
    public boolean seesAll() {
        return decision == Decision.ALLOWED_FOR_ALL;
    }

    /// The calling user's id.
    ///
    /// @throws org.aula.kernel.error.ServiceException UNAUTHENTICATED when the caller is no user; PERMISSION_DENIED
    ///     when it is a partner, whom no token of its own would help
    public UUID requireUser() {
        if (caller instanceof Caller.User user) {
            return user.id();
        }
        if (caller instanceof Caller.Partner) {
            throw Errors.permissionDenied(
                    ErrorReason.ERROR_REASON_PERMISSION_MISSING, "this is for persons", Map.of("permissions", ""));
        }
        throw Errors.unauthenticated(ErrorReason.ERROR_REASON_TOKEN_MISSING, "authentication required");
    }

    /// Decides a call that owning the resource may open. Passes when a permission has opened it already.
    ///
    /// @param ownerId whose the resource is
    /// @throws org.aula.kernel.error.ServiceException PERMISSION_DENIED, NOT_OWNER
    public void requireOwner(UUID ownerId) {
        if (decision == Decision.ALLOWED_FOR_ALL) {
            return;
        }
        if (!caller.is(ownerId)) {
            throw Errors.permissionDenied(ErrorReason.ERROR_REASON_NOT_OWNER, "the caller does not own the resource");
        }
        decision = Decision.ALLOWED;
    }
}
