package org.aula.local;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.StreamSupport;
import org.aula.kernel.testing.Await;
import org.aula.kernel.testing.TestEngines;

/// What has arrived in the local mail server.
public final class Mails {

    private Mails() {}

    /// The mail with this subject, as soon as it is there.
    public static JsonElement await(String address, String subject) throws Exception {
        Await.until(
                subject + " has arrived",
                () -> of(address).stream().anyMatch(mail -> subject(mail).equals(subject)));
        return of(address).stream()
                .filter(mail -> subject(mail).equals(subject))
                .findFirst()
                .orElseThrow();
    }

    public static List<JsonElement> of(String address) throws IOException, InterruptedException {
        var api = TestEngines.get("TEST_MAIL_API_URL") + "/api/user/" + address + "/messages";
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(HttpRequest.newBuilder(URI.create(api)).build(), BodyHandlers.ofString());
            return answer.statusCode() != 200
                    ? List.of()
                    : StreamSupport.stream(
                                    JsonParser.parseString(answer.body())
                                            .getAsJsonArray()
                                            .spliterator(),
                                    false)
                            .toList();
        }
    }

    public static String subject(JsonElement mail) {
        return mail.getAsJsonObject().get("subject").getAsString();
    }

    /// As it came, with the lines of quoted-printable, which end with `=`, joined.
    public static String raw(JsonElement mail) {
        return mail.getAsJsonObject().get("mimeMessage").getAsString().replace("=\r\n", "");
    }
}
