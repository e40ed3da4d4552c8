package org.aula.kernel.audit;

import com.google.protobuf.Message;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.stream.Collectors;
import org.aula.api.common.v1.AuditRecorded;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.contract.ContractFiles;
import org.aula.kernel.contract.ContractMethod;
import org.aula.kernel.events.Outbox;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Writes who changed what, in the transaction of the change, so that both are there or neither. The
/// action's name is the contract's `audit` option of the method that is being called; who, from where and
/// under which request id come from the call's scope. The analytics service keeps the entries.
///
/// Every method with the option must call [#record] or [#nothing] before it answers: an answer without is
/// held back and becomes INTERNAL.
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

    /// Writes an entry.
    ///
    /// @param handle the transaction of the change
    /// @param resourceType kind of the resource, such as `course`
    /// @param resourceId its id or name
    /// @param before the resource's message before; null when it is new or only the action counts
    /// @param after the resource's message after; null when it is gone or only the action counts
    /// @throws IllegalStateException in a call whose method has no `audit` option
    public void record(
            Handle handle, String resourceType, Object resourceId, @Nullable Message before, @Nullable Message after) {
        var scope = CallScope.current();
        var action = ACTIONS.get(scope.method());
        if (action == null) {
            throw new IllegalStateException(scope.method() + " is not audited: give it the option in the contract");
        }
        outbox.append(
                handle,
                AuditRecorded.newBuilder()
                        .setAction(action)
                        .setResourceType(resourceType)
                        .setResourceId(resourceId.toString())
                        .addAllChanges(Changes.between(before, after))
                        .setRequestId(scope.requestId())
                        .setIpAddress(scope.clientInfo().remoteAddress())
                        .setUserAgent(scope.clientInfo().userAgent())
                        .setMethod(scope.method())
                        .build());
        scope.markAudited();
    }

    /// Says that the call succeeded and changed nothing, so that there is no entry.
    public void nothing() {
        CallScope.current().markAudited();
    }
}
