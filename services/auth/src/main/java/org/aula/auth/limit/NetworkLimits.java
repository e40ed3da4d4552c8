package org.aula.auth.limit;

import com.google.protobuf.ProtocolMessageEnum;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;

/// Bounds how often strangers may have something done, from each address and from the net around it. The
/// address is the one that the edge tells; without one nothing is counted.
@Singleton
public final class NetworkLimits {

    private final RateLimitCounter counts;

    NetworkLimits(RateLimitCounter counts) {
        this.counts = counts;
    }

    /// What is refused, and how.
    ///
    /// @param keys how the counts' keys begin, such as `rate_limit:mail:`
    /// @param perAddress how often it may be in a window from one address
    /// @param perNet how often from one net
    /// @param window begins with the first time; at most an hour
    /// @param reason what the refusal says
    public record Bound(
            String keys, int perAddress, int perNet, Duration window, ProtocolMessageEnum reason, String message) {}

    /// Counts the call in progress.
    ///
    /// @throws org.aula.kernel.error.ServiceException RESOURCE_EXHAUSTED with the bound's reason
    public void take(Bound bound) {
        var address = CallScope.current().clientInfo().remoteAddress();
        if (!address.isEmpty()) {
            take(Network.of(address), bound.perAddress(), bound);
            take("net:" + Network.around(address), bound.perNet(), bound);
        }
    }

    /// Counts one more of something else.
    ///
    /// @param key behind the bound's prefix
    /// @param most how often it may be in a window
    /// @throws org.aula.kernel.error.ServiceException RESOURCE_EXHAUSTED with the bound's reason
    public void take(String key, int most, Bound bound) {
        // Counts first and looks afterwards, so that those who come at once do not pass together.
        var attempts = counts.add(bound.keys() + key, bound.window());
        if (attempts.count() > most) {
            throw Errors.exhausted(
                    bound.reason(),
                    bound.message(),
                    attempts.left().plus(Duration.ofSeconds(1)).truncatedTo(ChronoUnit.SECONDS));
        }
    }
}
