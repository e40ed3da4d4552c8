package org.aula.notifications.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.aula.kernel.testing.TestEngines;
import org.aula.kernel.testing.TestPlatform;

/// People who are written to, and the mails that the local mail server has for them.
final class Mailbox {

    private Mailbox() {}

    static UUID user(TestPlatform platform, String firstName, String language, String zone) {
        var id = platform.account();
        platform.superuser()
                .useHandle(handle -> handle.createUpdate("""
                        INSERT INTO users.users (id, first_name, last_name, language_code, time_zone)
                        VALUES (:id, :firstName, 'Lovelace', :language, :zone)
                        """)
                        .bind("id", id)
                        .bind("firstName", firstName)
                        .bind("language", language)
                        .bind("zone", zone)
                        .execute());
        return id;
    }

    static MimeMessage only(String address) throws Exception {
        var all = of(address);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    static List<MimeMessage> of(String address) throws Exception {
        var api = TestEngines.get("TEST_MAIL_API_URL") + "/api/user/" + address + "/messages";
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(HttpRequest.newBuilder(URI.create(api)).build(), BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                return List.of();
            }
            return StreamSupport.stream(
                            JsonParser.parseString(answer.body())
                                    .getAsJsonArray()
                                    .spliterator(),
                            false)
                    .map(Mailbox::message)
                    .toList();
        }
    }

    private static MimeMessage message(JsonElement entry) {
        var raw = entry.getAsJsonObject().get("mimeMessage").getAsString();
        try {
            return new MimeMessage(
                    Session.getInstance(new Properties()),
                    new ByteArrayInputStream(raw.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (jakarta.mail.MessagingException broken) {
            throw new AssertionError(broken);
        }
    }
}
