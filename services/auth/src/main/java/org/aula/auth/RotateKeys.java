package org.aula.auth;

import java.util.Arrays;
import java.util.List;
import org.aula.auth.key.KeyRotation;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.service.ServiceProcess;

/// Puts a new key for access tokens in the place of the present one, and says when what happens.
/// `--revoke-old` is for a key that was stolen: the old ones end at once.
public final class RotateKeys {

    private static final String REVOKE_OLD = "--revoke-old";

    private RotateKeys() {}

    /// Exits with 2 for arguments that it does not know.
    public static void main(String[] arguments) throws Exception {
        var unknown = Arrays.stream(arguments)
                .filter(argument -> !argument.equals(REVOKE_OLD))
                .toList();
        if (!unknown.isEmpty()) {
            System.err.println("unknown: " + unknown + "; there is only " + REVOKE_OLD);
            System.exit(2);
        }
        try (var context = ServiceProcess.beansOnly("auth", System.getenv())) {
            var rotation = context.getBean(KeyRotation.class);
            var revoke = List.of(arguments).contains(REVOKE_OLD);
            var rotated =
                    CallScope.runAsService("auth", "rotate-keys", "", revoke ? rotation::revokeOld : rotation::rotate);
            System.out.println("new key " + rotated.keyId() + " signs from " + rotated.signsAt());
            rotated.retiring()
                    .forEach(old -> System.out.println("old key " + old.keyId() + " verifies until " + old.at()));
        }
    }
}
