package org.aula.auth;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

class PrivacyTest {

    private static final List<String> LOGGERS = List.of("aula.access", "org.aula");

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("auth");

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }

    @BeforeEach
    void listen() {
        lines.start();
        for (var name : LOGGERS) {
            logger(name).setLevel(Level.DEBUG);
            logger(name).addAppender(lines);
        }
    }

    @AfterEach
    void stopListening() {
        for (var name : LOGGERS) {
            logger(name).detachAppender(lines);
            logger(name).setLevel(null);
        }
    }

    @Test
    void logsHoldNothingPersonalAndNoSecret() throws Exception {
        var visitor = Visitor.of(platform);
        var name = Visitor.uniqueName();
        var request = Visitor.registration(name)
                .setFirstName("Wilhelmina")
                .setLastName("Quackenbush")
                .build();
        var account = visitor.stub().register(request).getAccount();
        Refusal.of(() -> visitor.stub()
                .register(request.toBuilder().setRequestId(account.getId()).build()));
        Refusal.of(() -> visitor.login(name, "a wrong password"));
        var tokens = visitor.login(name, Visitor.PASSWORD).getTokens();
        var next = visitor.refresh(tokens.getRefreshToken());

        var logged = List.copyOf(lines.list).stream().map(PrivacyTest::text).collect(Collectors.joining("\n"));

        assertThat(logged).contains("aula.auth.v1.AuthService/Login", "UNAUTHENTICATED");
        assertThat(logged)
                .doesNotContain(
                        name,
                        "Wilhelmina",
                        "Quackenbush",
                        Visitor.PASSWORD,
                        "a wrong password",
                        visitor.address(),
                        tokens.getRefreshToken(),
                        tokens.getAccessToken(),
                        next.getRefreshToken());
    }

    private static String text(ILoggingEvent line) {
        var arguments = line.getArgumentArray() == null ? Stream.empty() : Stream.of(line.getArgumentArray());
        var error =
                line.getThrowableProxy() == null ? "" : line.getThrowableProxy().getMessage();
        return line.getFormattedMessage() + " "
                + arguments.map(Objects::toString).collect(Collectors.joining(" ")) + " " + error;
    }
}
