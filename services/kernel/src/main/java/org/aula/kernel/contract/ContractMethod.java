package org.aula.kernel.contract;

import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import com.google.protobuf.Descriptors;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.time.Duration;
import java.util.Optional;
import org.aula.api.options.v1.Options;
import org.aula.api.options.v1.Policy;

/// What the contract says about one method.
///
/// @param fullName such as `aula.courses.v1.CourseService/GetCourse`
/// @param policy who may call it
/// @param deadline the longest that the server works on it
/// @param idempotency whether a client may send it again
/// @param audit the action's name in the audit log; empty when it is not audited
/// @param descriptor the method itself
public record ContractMethod(
        String fullName,
        Policy policy,
        Duration deadline,
        IdempotencyLevel idempotency,
        String audit,
        Descriptors.MethodDescriptor descriptor) {

    private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(5);

    /// Reads a method of ours.
    ///
    /// @return empty for methods of gRPC itself (health, reflection), whose descriptors carry no policy of
    ///     ours
    /// @throws IllegalStateException for a method of ours without a policy
    public static Optional<ContractMethod> of(MethodDescriptor<?, ?> method) {
        if (!(method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier supplier)) {
            throw new IllegalStateException(method.getFullMethodName() + " has no schema");
        }
        var descriptor = supplier.getMethodDescriptor();
        if (!descriptor.getFile().getPackage().startsWith("aula.")) {
            return Optional.empty();
        }
        return Optional.of(of(descriptor));
    }

    /// Reads a method of ours from its descriptor.
    public static ContractMethod of(Descriptors.MethodDescriptor descriptor) {
        var options = descriptor.getOptions();
        var name = descriptor.getService().getFullName() + "/" + descriptor.getName();
        var policy = options.getExtension(Options.policy);
        if (policy.equals(Policy.getDefaultInstance())) {
            throw new IllegalStateException(name + " has no policy: say in the contract who may call it");
        }
        var deadline = options.hasExtension(Options.deadline)
                ? Duration.ofSeconds(
                        options.getExtension(Options.deadline).getSeconds(),
                        options.getExtension(Options.deadline).getNanos())
                : DEFAULT_DEADLINE;
        return new ContractMethod(
                name, policy, deadline, options.getIdempotencyLevel(), options.getExtension(Options.audit), descriptor);
    }

    /// Whether only services may call it.
    public boolean isForServicesOnly() {
        return policy.getServicesCount() > 0
                && policy.getPermissionsCount() == 0
                && !policy.getOwner()
                && !policy.getSignedIn()
                && !policy.getAnonymous();
    }
}
