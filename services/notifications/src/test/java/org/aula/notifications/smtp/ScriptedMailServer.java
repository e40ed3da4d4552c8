package org.aula.notifications.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A mail server on a port of this machine that answers as it is told, which real ones do not: it refuses,
/// puts off, falls silent, breaks off, and goes away and comes back.
public final class ScriptedMailServer implements AutoCloseable {

    /// A mail that was taken.
    ///
    /// @param envelopeTo the address that it was handed over for
    public record Taken(String envelopeTo, String raw) {

        public MimeMessage message() {
            try {
                return new MimeMessage(
                        Session.getInstance(new Properties()),
                        new ByteArrayInputStream(raw.getBytes(StandardCharsets.ISO_8859_1)));
            } catch (MessagingException broken) {
                throw new AssertionError(broken);
            }
        }

        public String header(String name) {
            try {
                return message().getHeader(name, null);
            } catch (MessagingException broken) {
                throw new AssertionError(broken);
            }
        }
    }

    private static final String SILENCE = "";

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<Taken> taken = new CopyOnWriteArrayList<>();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final List<Socket> visitors = new CopyOnWriteArrayList<>();
    private volatile Duration thoughtfulness = Duration.ZERO;
    private final AtomicInteger breaks = new AtomicInteger();
    private final int port;
    private volatile ServerSocket entrance;
    private volatile Thread doorkeeper;

    public ScriptedMailServer() {
        entrance = listen(0);
        port = entrance.getLocalPort();
        doorkeeper = attend(entrance);
    }

    public String url() {
        return "smtp://127.0.0.1:" + port;
    }

    /// From now on it answers a command, such as `RCPT`, or `.` for the end of a mail, with this.
    public void answer(String command, String reply) {
        answers.put(command, reply);
    }

    /// From now on it hears a command and says nothing.
    public void ignore(String command) {
        answers.put(command, SILENCE);
    }

    /// All commands are answered as they should be.
    public void answerAll() {
        answers.clear();
    }

    /// From now on it looks at each mail for that long before it answers.
    public void thinkFor(Duration time) {
        thoughtfulness = time;
    }

    /// Takes that many mails and breaks off before it says so.
    public void breakOffAfterTaking(int mails) {
        breaks.set(mails);
    }

    public List<Taken> taken() {
        return List.copyOf(taken);
    }

    public List<Taken> takenFor(String address) {
        return taken.stream().filter(mail -> mail.envelopeTo().equals(address)).toList();
    }

    /// Every command that was heard.
    public List<String> said() {
        return List.copyOf(said);
    }

    /// Goes away: nobody listens on its port.
    public void leave() throws IOException {
        entrance.close();
        awaitTheDoorkeeper();
        for (var visitor : visitors) {
            visitor.close();
        }
        visitors.clear();
    }

    /// Is there again, if it had gone.
    public void comeBack() {
        if (!entrance.isClosed()) {
            return;
        }
        entrance = listen(port);
        doorkeeper = attend(entrance);
    }

    @Override
    public void close() throws IOException {
        leave();
    }

    private static ServerSocket listen(int wanted) {
        try {
            var server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 200);
            return server;
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    private Thread attend(ServerSocket server) {
        return Thread.ofVirtual().start(() -> accept(server));
    }

    /// A closed socket goes on listening until the thread that waits in `accept` has seen it, and lets one
    /// more in.
    private void awaitTheDoorkeeper() {
        try {
            doorkeeper.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                var visitor = server.accept();
                visitors.add(visitor);
                Thread.ofVirtual().start(() -> serve(visitor));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket visitor) {
        try (visitor) {
            var reader =
                    new BufferedReader(new InputStreamReader(visitor.getInputStream(), StandardCharsets.ISO_8859_1));
            say(visitor, answers.getOrDefault("HELLO", "220 scripted ready"));
            var recipient = "";
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                said.add(line);
                var command = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
                if (command.equals("RCPT")) {
                    recipient = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
                }
                var reply = answers.getOrDefault(command, usual(command));
                say(visitor, reply);
                if (command.equals("QUIT") || reply.startsWith("421")) {
                    return;
                }
                if (command.equals("DATA") && reply.startsWith("354") && !takeMail(visitor, reader, recipient)) {
                    return;
                }
            }
        } catch (IOException gone) {
            // The other side went.
        }
    }

    private boolean takeMail(Socket visitor, BufferedReader reader, String recipient) throws IOException {
        var lines = new ArrayList<String>();
        for (var line = reader.readLine(); line != null && !line.equals("."); line = reader.readLine()) {
            lines.add(line.startsWith(".") ? line.substring(1) : line);
        }
        var reply = answers.getOrDefault(".", "250 2.0.0 taken");
        if (reply.startsWith("250")) {
            taken.add(new Taken(recipient, String.join("\r\n", lines)));
            if (breaks.getAndUpdate(left -> Math.max(left - 1, 0)) > 0) {
                return false;
            }
        }
        think();
        say(visitor, reply);
        return true;
    }

    private void think() {
        try {
            Thread.sleep(thoughtfulness);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static String usual(String command) {
        return switch (command) {
            case "EHLO" -> "250-scripted\r\n250 ENHANCEDSTATUSCODES";
            case "DATA" -> "354 go on";
            case "QUIT" -> "221 bye";
            case "AUTH" -> "235 welcome";
            default -> "250 fine";
        };
    }

    private static void say(Socket visitor, String reply) throws IOException {
        if (!reply.equals(SILENCE)) {
            visitor.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            visitor.getOutputStream().flush();
        }
    }
}
