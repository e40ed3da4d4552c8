package org.aula.auth.session;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.auth.key.HmacTokens;
import org.aula.auth.limit.Network;
import org.aula.auth.limit.RateLimitCounter;
import org.aula.kernel.error.Errors;
import org.jspecify.annotations.Nullable;

/// Bounds failed attempts to sign in, of each account and from each address. Unknown accounts are
/// bounded in the same way as living ones. Whatever else wants a password counts here too.
@Singleton
public final class LoginLimits {

    private static final String PREFIX = "rate_limit:login:";

    private final RateLimitCounter counts;
    private final HmacTokens codes;
    private final SessionSettings settings;

    LoginLimits(RateLimitCounter counts, HmacTokens codes, SessionSettings settings) {
        this.counts = counts;
        this.codes = codes;
        this.settings = settings;
    }

    /// Whom an attempt counts against.
    ///
    /// @param accounts keys of the accounts that may be meant
    /// @param address key of the address, or null when none is known
    public record Subject(List<String> accounts, @Nullable String address) {

        /// The same, and one more account that may be meant.
        Subject and(UUID accountId) {
            return new Subject(
                    Stream.concat(accounts.stream(), Stream.of(key(accountId.toString())))
                            .toList(),
                    address);
        }
    }

    /// Whom an attempt counts against.
    ///
    /// @param accountId null when there is no such account; then the name itself is counted,
    ///     unreadably
    public Subject subject(@Nullable UUID accountId, String identifier, String remoteAddress) {
        var account =
                accountId == null ? codes.code("login", identifier.toLowerCase(Locale.ROOT)) : accountId.toString();
        return new Subject(List.of(key(account)), remoteAddress.isEmpty() ? null : PREFIX + Network.of(remoteAddress));
    }

    /// @throws org.aula.kernel.error.ServiceException RESOURCE_EXHAUSTED with LOGIN_LIMITED
    public void require(Subject subject) {
        subject.accounts().forEach(account -> require(account, settings.loginFailuresPerAccount()));
        if (subject.address() != null) {
            require(subject.address(), settings.loginFailuresPerAddress());
        }
    }

    /// Counts a failure.
    public void failed(Subject subject) {
        subject.accounts().forEach(account -> counts.add(account, settings.loginWindow()));
        if (subject.address() != null) {
            counts.add(subject.address(), settings.loginWindow());
        }
    }

    /// Forgets the failures of an account whose owner has come. Those of the address stay: whoever
    /// guesses at many accounts may own one of them.
    public void succeeded(Subject subject) {
        subject.accounts().forEach(counts::clear);
    }

    private static String key(String account) {
        return PREFIX + "account:" + account;
    }

    private void require(String key, int most) {
        var attempts = counts.find(key);
        if (attempts.count() >= most) {
            throw Errors.exhausted(
                    ErrorReason.ERROR_REASON_LOGIN_LIMITED,
                    "too many failed attempts; try again later",
                    attempts.left().plus(Duration.ofSeconds(1)).truncatedTo(ChronoUnit.SECONDS));
        }
    }
}
