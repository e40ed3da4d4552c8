package org.aula.auth.session;

import jakarta.inject.Singleton;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.auth.key.SecretCodes;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.StoreUnavailableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Bounds failed attempts to sign in, of each account and from each address. Unknown accounts are
/// bounded in the same way as living ones. Every failure is counted in Redis and in this process:
/// while Redis is away the local count holds, so the bound is never open and never an error.
@Singleton
public final class LoginLimits {

    private static final Logger LOG = LoggerFactory.getLogger(LoginLimits.class);
    private static final String PREFIX = "rate_limit:login:";
    private static final int NETWORK_BYTES = 8;

    private final RedisAttemptStore shared;
    private final LocalAttemptStore local;
    private final SecretCodes codes;
    private final SessionSettings settings;

    LoginLimits(RedisAttemptStore shared, LocalAttemptStore local, SecretCodes codes, SessionSettings settings) {
        this.shared = shared;
        this.local = local;
        this.codes = codes;
        this.settings = settings;
    }

    /// Whom an attempt counts against.
    ///
    /// @param account key of the account
    /// @param address key of the address, or null when none is known
    public record Subject(String account, @Nullable String address) {}

    /// Whom an attempt counts against.
    ///
    /// @param accountId null when there is no such account; then the name itself is counted,
    ///     unreadably
    public Subject subject(@Nullable UUID accountId, String identifier, String remoteAddress) {
        var account =
                accountId == null ? codes.code("login", identifier.toLowerCase(Locale.ROOT)) : accountId.toString();
        return new Subject(
                PREFIX + "account:" + account, remoteAddress.isEmpty() ? null : PREFIX + network(remoteAddress));
    }

    /// @throws org.aula.kernel.error.ServiceException RESOURCE_EXHAUSTED with LOGIN_LIMITED
    public void require(Subject subject) {
        require(subject.account(), settings.loginFailuresPerAccount());
        if (subject.address() != null) {
            require(subject.address(), settings.loginFailuresPerAddress());
        }
    }

    /// Counts a failure.
    public void failed(Subject subject) {
        add(subject.account());
        if (subject.address() != null) {
            add(subject.address());
        }
    }

    /// Forgets the failures of an account whose owner has come. Those of the address stay: whoever
    /// guesses at many accounts may own one of them.
    public void succeeded(Subject subject) {
        local.clear(subject.account());
        tryShared(store -> store.clear(subject.account()));
    }

    private void require(String key, int most) {
        var attempts = find(key);
        if (attempts.failures() >= most) {
            throw Errors.exhausted(
                    ErrorReason.ERROR_REASON_LOGIN_LIMITED,
                    "too many failed attempts; try again later",
                    attempts.left().plus(Duration.ofSeconds(1)).truncatedTo(ChronoUnit.SECONDS));
        }
    }

    private Attempts find(String key) {
        try {
            return shared.find(key);
        } catch (StoreUnavailableException away) {
            LOG.debug("the local count of failed attempts holds", away);
            return local.find(key);
        }
    }

    private void add(String key) {
        local.add(key);
        tryShared(store -> store.add(key));
    }

    private void tryShared(Consumer<RedisAttemptStore> step) {
        try {
            step.accept(shared);
        } catch (StoreUnavailableException away) {
            LOG.debug("failed attempts are counted locally only", away);
        }
    }

    /// An IPv4 address, or the /64 network of an IPv6 address: a household has one, and all
    /// addresses in it.
    private static String network(String remoteAddress) {
        var address = InetAddress.ofLiteral(remoteAddress);
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(address.getAddress(), 0, NETWORK_BYTES)
                : address.getHostAddress();
    }
}
