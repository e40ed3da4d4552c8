package org.aula.auth.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.aula.kernel.error.ServiceException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountStatusTest {

    @ParameterizedTest
    @CsvSource({
        "PENDING_VERIFICATION, VERIFY, ACTIVE",
        "ACTIVE, VERIFY, ACTIVE",
        "INACTIVE, VERIFY, INACTIVE",
        "SUSPENDED, VERIFY, SUSPENDED",
        "PENDING_VERIFICATION, ACTIVATE, ACTIVE",
        "ACTIVE, ACTIVATE, ACTIVE",
        "INACTIVE, ACTIVATE, ACTIVE",
        "SUSPENDED, ACTIVATE, ACTIVE",
        "PENDING_VERIFICATION, DEACTIVATE, INACTIVE",
        "ACTIVE, DEACTIVATE, INACTIVE",
        "INACTIVE, DEACTIVATE, INACTIVE",
        "SUSPENDED, DEACTIVATE, refused",
        "PENDING_VERIFICATION, SUSPEND, SUSPENDED",
        "ACTIVE, SUSPEND, SUSPENDED",
        "INACTIVE, SUSPEND, SUSPENDED",
        "SUSPENDED, SUSPEND, SUSPENDED"
    })
    void everyMoveFromEveryState(AccountStatus from, AccountTransition move, String to) {
        assertThat(outcome(from, move)).isEqualTo(to);
    }

    private static String outcome(AccountStatus from, AccountTransition move) {
        try {
            return from.after(move).name();
        } catch (ServiceException refused) {
            return "refused";
        }
    }
}
