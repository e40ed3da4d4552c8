package org.aula.local.access;

import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.aula.kernel.contract.ContractFiles;
import org.aula.kernel.contract.ContractMethod;
import org.aula.local.Mesh;

/// Every method of the contract by its full name.
final class Contract {

    private static final Map<String, ContractMethod> METHODS = load();

    private Contract() {}

    static Map<String, ContractMethod> methods() {
        return METHODS;
    }

    static ContractMethod method(String fullName) {
        return Objects.requireNonNull(METHODS.get(fullName), () -> "the contract has no method " + fullName);
    }

    /// The service that answers it, such as `courses`.
    static String service(ContractMethod method) {
        return method.fullName().split("\\.", -1)[1];
    }

    /// The services that its policy names. One that is still to come has no key to call with.
    static List<String> callers(ContractMethod method) {
        return method.policy().getServicesList().stream()
                .filter(Mesh.SERVICES::contains)
                .toList();
    }

    /// Whether calling it may change anything.
    static boolean changes(ContractMethod method) {
        return method.idempotency() != IdempotencyLevel.NO_SIDE_EFFECTS;
    }

    private static Map<String, ContractMethod> load() {
        var methods = new TreeMap<String, ContractMethod>();
        for (var service : ContractFiles.services("aula.")) {
            for (var descriptor : service.getMethods()) {
                var method = ContractMethod.of(descriptor);
                methods.put(method.fullName(), method);
            }
        }
        return methods;
    }
}
