package org.aula.kernel.testing;

import java.util.UUID;

/// A user of a test: an account in the database and a token that says what it may do.
public record TestUser(UUID id, String token) {}
