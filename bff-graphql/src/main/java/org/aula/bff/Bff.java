package org.aula.bff;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.HashMap;
import java.util.Map;
import org.aula.kernel.service.Shutdown;
import org.aula.kernel.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The GraphQL gateway: `POST /graphql`, `GET /graphiql`, `GET /healthz`, `GET /.well-known/jwks.json` on
/// `BFF_PORT`.
public final class Bff {

    private static final Logger LOG = LoggerFactory.getLogger(Bff.class);
    private static final String MAX_BODY = "1MB";
    /// Characters of a GET's first line, variables in it; below what the edge takes of headers.
    private static final int MAX_ADDRESS = 16 * 1024;

    private Bff() {}

    /// Runs the gateway by the environment of the process until the process is told to stop.
    public static void main(String[] arguments) throws InterruptedException {
        Shutdown.await(start(System.getenv()));
    }

    /// Starts the gateway beside whatever else runs in this JVM.
    ///
    /// @param environment `BFF_PORT` (0 for any), `SECRETS_DIR`, of each service its `<NAME>_PORT` or
    ///     `<NAME>_TARGET`, and what is to be other than `config/bff/application.yml` says
    /// @return the running context; closing it stops the gateway
    public static ApplicationContext start(Map<String, String> environment) {
        var settings = new Settings("bff", environment);
        var context = ApplicationContext.builder()
                .properties(properties(settings))
                .propertySources(settings.overrides())
                .overrideConfigLocations("classpath:config/bff/")
                .environmentPropertySource(false)
                .deduceEnvironment(false)
                .bootstrapEnvironment(false)
                .banner(false)
                .singletons(settings)
                .start();
        var server = context.getBean(EmbeddedServer.class).start();
        LOG.info("the gateway listens on {}", server.getURI());
        return context;
    }

    private static Map<String, Object> properties(Settings settings) {
        var properties = new HashMap<String, Object>();
        properties.put("aula.service", "bff");
        properties.put("micronaut.application.name", "bff");
        properties.put("micronaut.server.host", settings.get("LISTEN_HOST", "127.0.0.1"));
        properties.put("micronaut.server.port", port(settings.get("PORT")));
        properties.put("micronaut.server.max-request-size", MAX_BODY);
        properties.put("micronaut.server.netty.max-initial-line-length", MAX_ADDRESS);
        properties.put("micronaut.router.static-resources.graphiql.paths", "classpath:graphiql");
        properties.put("micronaut.router.static-resources.graphiql.mapping", "/graphiql/**");
        return properties;
    }

    private static String port(String asked) {
        return asked.equals("0") ? "-1" : asked;
    }
}
