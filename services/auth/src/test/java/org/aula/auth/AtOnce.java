package org.aula.auth;

import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.aula.kernel.testing.Refusal;

/// Calls that come at the same moment.
public final class AtOnce {

    private AtOnce() {}

    /// The reasons of their refusals, or `OK`, in the order of the calls.
    public static List<String> outcomes(List<? extends Callable<?>> calls) throws Exception {
        var start = new CountDownLatch(1);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<String>>();
            for (var call : calls) {
                running.add(executor.submit(() -> {
                    start.await();
                    return outcome(call);
                }));
            }
            start.countDown();
            var outcomes = new ArrayList<String>();
            for (var future : running) {
                outcomes.add(future.get());
            }
            return outcomes;
        }
    }

    private static String outcome(Callable<?> call) throws Exception {
        try {
            return call.call() == null ? "nothing" : "OK";
        } catch (StatusRuntimeException refused) {
            return Refusal.of(() -> {
                        throw refused;
                    })
                    .reason();
        }
    }
}
