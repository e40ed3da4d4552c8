package org.aula.bff.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A client of the protocol graphql-transport-ws that says what the test says, right or wrong.
public final class Socket implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WAIT_SECONDS = 10;

    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;

    private Socket(URI gateway) {
        socket = http.newWebSocketBuilder()
                .subprotocols("graphql-transport-ws")
                .buildAsync(URI.create("ws://" + gateway.getAuthority() + "/graphql"), new WebSocket.Listener() {
                    private final StringBuilder text = new StringBuilder();

                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
                        text.append(part);
                        if (last) {
                            heard.add(json(text.toString()));
                            text.setLength(0);
                        }
                        from.request(1);
                        return CompletableFuture.completedFuture(null);
                    }

                    @Override
                    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
                        closed.complete(code);
                        return CompletableFuture.completedFuture(null);
                    }

                    @Override
                    public void onError(WebSocket from, Throwable failure) {
                        closed.completeExceptionally(failure);
                    }
                })
                .join();
    }

    /// Connects and says nothing.
    public static Socket silent(URI gateway) {
        return new Socket(gateway);
    }

    /// Connects and initialises.
    ///
    /// @param token what to be known by
    public static Socket signedIn(URI gateway, String token) throws Exception {
        var socket = new Socket(gateway);
        socket.say("{\"type\":\"connection_init\",\"payload\":{\"authorization\":\"Bearer " + token + "\"}}");
        if (!socket.next().path("type").asText().equals("connection_ack")) {
            throw new AssertionError("no connection_ack");
        }
        return socket;
    }

    /// Sends a message as it is.
    public void say(String message) {
        socket.sendText(message, true).join();
    }

    /// Begins an operation.
    public void subscribe(String id, String query) throws JsonProcessingException {
        say(JSON.writeValueAsString(
                java.util.Map.of("id", id, "type", "subscribe", "payload", java.util.Map.of("query", query))));
    }

    /// The next message that comes.
    public JsonNode next() throws InterruptedException {
        var message = heard.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("nothing came; the socket is " + closed);
        }
        return message;
    }

    /// The code with which the gateway closed the socket.
    public int closeCode() throws Exception {
        return closed.get(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        socket.abort();
        http.close();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException notJson) {
            throw new IllegalStateException(notJson);
        }
    }
}
