package org.aula.kernel.contract;

import build.buf.protovalidate.Config;
import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import com.google.protobuf.ExtensionRegistry;
import org.aula.api.options.v1.Rules;

/// The bounds of the contract: protovalidate's rules and the contract's own.
public final class ContractRules {

    private ContractRules() {}

    /// A validator that knows all of them. It caches what it compiles, so a process needs one.
    public static Validator validator() {
        var own = ExtensionRegistry.newInstance();
        Rules.registerAllExtensions(own);
        return ValidatorFactory.newBuilder()
                .withConfig(Config.newBuilder().setExtensionRegistry(own).build())
                .build();
    }
}
