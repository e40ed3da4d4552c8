package org.aula.bff.engine;

import java.util.List;
import java.util.TreeSet;
import org.aula.kernel.contract.ContractComments;

/// The codes that a mutation's `userErrors` may have: of the reasons that the contract lists for its method
/// those that the user can fix, and what is found wrong with the input itself.
final class UserErrorCodes {

    private static final List<String> OF_EVERY_INPUT = List.of("ID_INVALID", "VALIDATION_FAILED");

    private UserErrorCodes() {}

    /// The sentence of the SDL.
    ///
    /// @param mutations the calls of which the mutation is one
    static String sentence(List<Mutation<?, ?>> mutations) {
        return "Codes of its `userErrors`: " + String.join(", ", of(mutations)) + ".";
    }

    static List<String> of(List<Mutation<?, ?>> mutations) {
        var codes = new TreeSet<>(OF_EVERY_INPUT);
        for (var mutation : mutations) {
            ContractComments.reasonsOf(mutation.descriptor()).stream()
                    .filter(reason -> Failure.isUserFixable(reason.code(), reason.name()))
                    .forEach(reason -> codes.add(reason.name()));
        }
        return List.copyOf(codes);
    }
}
