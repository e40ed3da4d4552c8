package org.aula.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// The pinned Envoy takes the configuration, without a word about deprecated fields.
final class EnvoyValidateTest {

    @Test
    void envoyAcceptsTheConfiguration() throws Exception {
        var values = new HashMap<String, String>();
        for (String name : Contract.read().domains()) {
            values.put(name.toUpperCase(Locale.ROOT) + "_PORT", Integer.toString(Envoy.freePort()));
        }
        for (String name : new String[] {"EDGE_PORT", "ENVOY_ADMIN_PORT", "BFF_PORT"}) {
            values.put(name, Integer.toString(Envoy.freePort()));
        }
        values.put("SERVICE_JWKS", new Tokens("users").publicKeys());

        assertThat(Envoy.validate(values)).contains("OK").doesNotContainIgnoringCase("deprecated");
    }
}
