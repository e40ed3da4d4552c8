package org.aula.enrollments.seat;

import org.aula.kernel.testing.TestPlatform;

/// The job that passes offers on.
public final class OfferRounds {

    private OfferRounds() {}

    public static void run(TestPlatform platform) throws Exception {
        platform.inside("enrollments", () -> {
            platform.bean("enrollments", WaitlistJob.class).run();
            return true;
        });
    }
}
