package org.aula.kernel.audit;

import com.google.protobuf.Message;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aula.api.common.v1.AuditRecorded;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.change.Change;
import org.aula.kernel.contract.ContractFiles;
import org.aula.kernel.contract.ContractMethod;
import org.aula.kernel.events.Outbox;
import org.jspecify.annotations.Nullable;

/// Writes who changed what, in the transaction of the change, so that both are there or neither. The
/// action's name is the contract's `audit` option of the method that is being called; who, from where and
/// under which request id come from the call's scope. The analytics service keeps the entries.
///
/// Every method with the option must record something or call [#nothing] before it answers: an answer
/// without is held back and becomes INTERNAL.
@Singleton
public final class Audit {

    private static final Map<String, String> ACTIONS = ContractFiles.services("aula.").stream()
            .flatMap(service -> service.getMethods().stream())
            .map(ContractMethod::of)
            .filter(method -> !method.audit().isEmpty())
            .collect(Collectors.toUnmodifiableMap(ContractMethod::fullName, ContractMethod::audit));

    private final Outbox outbox;

    Audit(Outbox outbox) {
        this.outbox = outbox;
    }

    /// Writes an entry of a change; none when it changed nothing.
    ///
    /// @param resourceType kind of the resource, such as `course`
    /// @param resourceId its id or name
    /// @param message the resource as a message of the contract
    /// @throws IllegalStateException in a call whose method has no `audit` option
    public <T> void record(
            String resourceType, Object resourceId, Change<T> change, Function<? super T, ? extends Message> message) {
        if (change.isNone()) {
            nothing();
        } else {
            write(resourceType, resourceId, message.apply(change.before()), message.apply(change.after()));
        }
    }

    /// Writes an entry of a resource that is new, with the message that it has now.
    public void recordCreated(String resourceType, Object resourceId, Message created) {
        write(resourceType, resourceId, null, created);
    }

    /// Writes an entry of a resource that is gone, with the message that it had.
    public void recordDeleted(String resourceType, Object resourceId, Message deleted) {
        write(resourceType, resourceId, deleted, null);
    }

    /// Writes an entry that only the action counts of.
    public void recordAction(String resourceType, Object resourceId) {
        write(resourceType, resourceId, null, null);
    }

    /// Writes an entry.
    ///
    /// @param resourceType kind of the resource, such as `course`
    /// @param resourceId its id or name
    /// @param before the resource's message before; null when it is new or only the action counts
    /// @param after the resource's message after; null when it is gone or only the action counts
    /// @throws IllegalStateException in a call whose method has no `audit` option
    public void record(String resourceType, Object resourceId, @Nullable Message before, @Nullable Message after) {
        write(resourceType, resourceId, before, after);
    }

    /// Says that the call succeeded and changed nothing, so that there is no entry.
    public void nothing() {
        CallScope.current().markAudited();
    }

    private void write(String resourceType, Object resourceId, @Nullable Message before, @Nullable Message after) {
        var scope = CallScope.current();
        var action = ACTIONS.get(scope.method());
        if (action == null) {
            throw new IllegalStateException(scope.method() + " is not audited: give it the option in the contract");
        }
        outbox.append(AuditRecorded.newBuilder()
                .setAction(action)
                .setResourceType(resourceType)
                .setResourceId(resourceId.toString())
                .addAllChanges(FieldChanges.between(before, after))
                .setRequestId(scope.requestId())
                .setIpAddress(scope.clientInfo().remoteAddress())
                .setUserAgent(scope.clientInfo().userAgent())
                .setMethod(scope.method())
                .build());
        scope.markAudited();
    }
}
