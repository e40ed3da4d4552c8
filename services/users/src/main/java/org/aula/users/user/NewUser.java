package org.aula.users.user;

import java.util.UUID;

/// What a visitor said when registering.
public record NewUser(UUID id, String firstName, String lastName, String languageCode, String timeZone) {}
