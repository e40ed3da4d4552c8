package org.aula.kernel.client;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.ExecutionException;
import org.aula.kernel.error.UpstreamException;

/// Waiting for another service. Blocking stubs are not used: they overshoot deadlines on virtual threads.
public final class Calls {

    private Calls() {}

    /// Waits for an answer. The channel has put the deadline on the call, so this ends.
    ///
    /// @param service the name of the service that was called
    /// @throws UpstreamException when it answered anything but OK
    public static <A> A await(String service, ListenableFuture<A> answer) {
        try {
            return answer.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof StatusRuntimeException status) {
                throw new UpstreamException(service, status);
            }
            throw new IllegalStateException("a call to " + service + " failed in the client", failed.getCause());
        } catch (InterruptedException interrupted) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new UpstreamException(
                    service, Status.CANCELLED.withDescription("interrupted").asRuntimeException());
        }
    }
}
