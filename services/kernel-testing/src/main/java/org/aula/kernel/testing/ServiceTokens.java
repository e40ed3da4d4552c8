package org.aula.kernel.testing;

import java.text.ParseException;
import java.time.Clock;
import java.util.Map;
import org.aula.kernel.call.ServiceKeys;
import org.aula.kernel.settings.Settings;

/// Tokens of services that do not run in a test.
final class ServiceTokens {

    private ServiceTokens() {}

    static ServiceKeys of(String service, Map<String, String> environment, Clock clock) {
        try {
            return new ServiceKeys(new Settings(service, environment), clock);
        } catch (ParseException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
