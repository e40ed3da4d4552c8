package org.aula.auth.factor;

import java.time.Instant;

/// A second factor that is switched on.
public record SecondFactor(Instant activeSince, int recoveryCodesLeft) {}
