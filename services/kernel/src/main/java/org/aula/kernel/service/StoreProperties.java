package org.aula.kernel.service;

import io.lettuce.core.RedisURI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.aula.kernel.settings.Settings;

/// Where a service's stores are, as the properties from which Micronaut makes its clients. How the clients
/// behave stands in `config/kernel/application.yml`.
final class StoreProperties {

    private StoreProperties() {}

    /// Properties of the stores that the environment names.
    static Map<String, Object> of(Settings settings) {
        var properties = new HashMap<String, Object>();
        var service = settings.service();
        if (settings.has("POSTGRES_URL")) {
            properties.put("datasources.default.url", settings.get("POSTGRES_URL"));
            properties.put("datasources.default.username", service);
            properties.put("datasources.default.password", settings.secret("postgres/" + service + ".password"));
            properties.put("datasources.default.pool-name", service);
            properties.put("datasources.default.maximum-pool-size", settings.get("POSTGRES_POOL", "4"));
            properties.put("datasources.default.data-source-properties.ApplicationName", service);
        }
        if (settings.has("MONGO_URL")) {
            properties.put("mongodb.uri", settings.get("MONGO_URL"));
            properties.put("mongodb.application-name", service);
        }
        if (settings.has("REDIS_URL")) {
            properties.put("redis.uri", redis(settings));
        }
        return properties;
    }

    private static String redis(Settings settings) {
        var address = RedisURI.create(settings.get("REDIS_URL"));
        var password =
                URLEncoder.encode(settings.secret("redis/" + settings.service() + ".password"), StandardCharsets.UTF_8);
        return "%s://%s:%s@%s:%d/%d?timeout=2s&clientName=%s"
                .formatted(
                        address.isSsl() ? "rediss" : "redis",
                        settings.service(),
                        password,
                        address.getHost(),
                        address.getPort(),
                        address.getDatabase(),
                        settings.service());
    }
}
