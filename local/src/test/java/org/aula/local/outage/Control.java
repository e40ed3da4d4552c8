package org.aula.local.outage;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.aula.kernel.testing.TestEngines;

/// Takes an engine away and gives it back, by the supervisor's control socket.
public final class Control {

    private Control() {}

    /// Work that an engine's absence must not stop.
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    /// Runs while an engine is unavailable; it is back afterwards.
    public static void without(String engine, Work work) throws Exception {
        send("stop", engine);
        try {
            work.run();
        } finally {
            send("start", engine);
        }
    }

    private static void send(String command, String engine) throws IOException {
        var line = new JsonObject();
        line.addProperty("command", command);
        line.addProperty("name", engine);
        try (var socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.connect(UnixDomainSocketAddress.of(TestEngines.get("TEST_CONTROL_SOCKET")));
            socket.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
            var reader =
                    new BufferedReader(new InputStreamReader(Channels.newInputStream(socket), StandardCharsets.UTF_8));
            var answer = JsonParser.parseString(reader.readLine()).getAsJsonObject();
            if (answer.has("error")) {
                throw new IllegalStateException("the supervisor refuses to " + command + " " + engine + ": " + answer);
            }
        }
    }
}
