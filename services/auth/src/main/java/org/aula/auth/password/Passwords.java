package org.aula.auth.password;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import io.grpc.Context;
import jakarta.inject.Singleton;
import java.text.Normalizer;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.aula.api.common.v1.ErrorReason;
import org.aula.kernel.error.Errors;
import org.jspecify.annotations.Nullable;

/// Passwords as Argon2id hashes, written as PHC strings. They are kept and compared in the one form of
/// RFC 8265: NFC, every space being the ordinary one. So they do not depend on a keyboard's way of writing.
///
/// A hash takes 19 MiB and tens of milliseconds of a core on purpose, so only two are computed at
/// once; others wait in the order in which they came, no longer than their deadline.
@Singleton
public final class Passwords {

    /// The contract's bound, which has to hold for the form that is kept too.
    private static final int MIN_LENGTH = 15;

    /// OWASP's minimum for Argon2id: 19 MiB, two passes, one lane.
    private static final int MEMORY_KIB = 19_456;

    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int HASH_BYTES = 32;
    private static final int SALT_BYTES = 16;
    private static final int AT_ONCE = 2;
    private static final long MAX_WAIT_MILLIS = 8_000;
    private static final Pattern PHC =
            Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=(\\d{1,2})\\$[^$]+\\$[^$]+");
    private static final Pattern SPACES = Pattern.compile("\\p{Zs}");
    private static final Argon2Function CURRENT =
            Argon2Function.getInstance(MEMORY_KIB, PASSES, LANES, HASH_BYTES, Argon2.ID);

    /// Platform threads: hashes are all computing, and on virtual threads they would keep every other
    /// call from the cores.
    private static final ExecutorService HASHERS = Executors.newFixedThreadPool(
            AT_ONCE, Thread.ofPlatform().daemon().name("hash-", 0).factory());

    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final CommonPasswords common = new CommonPasswords();
    private final String nobodys = hashNow("nobody has this password");

    Passwords() {}

    /// Refuses passwords that guessing begins with. Nothing else is asked of one, see decision 034.
    ///
    /// @param field where the request has it
    /// @throws org.aula.kernel.error.ServiceException INVALID_ARGUMENT with PASSWORD_COMMON, or with
    ///     VALIDATION_FAILED for one that is short in the form that is kept
    public void requireAcceptable(String field, String password) {
        var normal = normal(password);
        if (normal.codePointCount(0, normal.length()) < MIN_LENGTH) {
            throw Errors.invalid(
                    ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                    field,
                    "must be at least " + MIN_LENGTH + " characters");
        }
        if (common.contains(normal)) {
            throw Errors.invalid(
                    org.aula.api.auth.v1.ErrorReason.ERROR_REASON_PASSWORD_COMMON,
                    field,
                    "is among the passwords that are guessed first; choose another one");
        }
    }

    /// Waits for a place. Whoever has it may hash, and gives it back by closing it.
    ///
    /// @throws org.aula.kernel.error.ServiceException RESOURCE_EXHAUSTED with OVERLOADED when none
    ///     came free
    public Turn takeTurn() {
        try {
            if (!places.tryAcquire(longestWaitMillis(), TimeUnit.MILLISECONDS)) {
                throw Errors.exhausted(
                        ErrorReason.ERROR_REASON_OVERLOADED,
                        "too many calls at once; try again soon",
                        Duration.ofSeconds(1));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting to hash", interrupted);
        }
        return new Turn();
    }

    /// What comparing a password with a hash finds.
    public enum Match {
        /// It is another password.
        NONE,
        /// It is the password.
        CURRENT,
        /// It is the password, and the hash should be made anew.
        OUTDATED
    }

    /// A place to hash at.
    public final class Turn implements AutoCloseable {

        private Turn() {}

        /// The hash to keep for a password.
        public String hash(String password) {
            return hashNow(normal(password));
        }

        /// Whether a password has this hash. Takes as long when there is none, so that nobody can
        /// tell by the time whether an account exists.
        public Match match(String password, @Nullable String hash) {
            var own = hash != null && PHC.matcher(hash).matches() ? hash : null;
            var compared = own == null ? nobodys : own;
            var normal = normal(password);
            if (matchesNow(normal, compared)) {
                return own == null ? Match.NONE : isOutdated(own) ? Match.OUTDATED : Match.CURRENT;
            }
            // As it was typed: hashes from before passwords had one form.
            return !normal.equals(password) && matchesNow(password, compared) && own != null
                    ? Match.OUTDATED
                    : Match.NONE;
        }

        @Override
        public void close() {
            places.release();
        }
    }

    /// Whether a hash was made with other parameters than new ones are.
    private static boolean isOutdated(String hash) {
        var found = PHC.matcher(hash);
        return !found.matches()
                || Integer.parseInt(found.group(1)) != MEMORY_KIB
                || Integer.parseInt(found.group(2)) != PASSES
                || Integer.parseInt(found.group(3)) != LANES;
    }

    /// The profile OpaqueString of RFC 8265.
    private static String normal(String password) {
        return Normalizer.normalize(SPACES.matcher(password).replaceAll(" "), Normalizer.Form.NFC);
    }

    private static String hashNow(String password) {
        return compute(() ->
                Password.hash(password).addRandomSalt(SALT_BYTES).with(CURRENT).getResult());
    }

    private static boolean matchesNow(String password, String hash) {
        return compute(() -> Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash)));
    }

    private static <T> T compute(Callable<T> work) {
        try {
            return HASHERS.submit(work).get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a hash could not be computed", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while hashing", interrupted);
        }
    }

    private static long longestWaitMillis() {
        var deadline = Context.current().getDeadline();
        return deadline == null
                ? MAX_WAIT_MILLIS
                : Math.min(MAX_WAIT_MILLIS, deadline.timeRemaining(TimeUnit.MILLISECONDS));
    }
}
