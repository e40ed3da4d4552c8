package org.aula.users.user;

import io.micronaut.data.annotation.MappedEntity;
import java.util.UUID;

/// What a visitor said when registering.
@MappedEntity("users")
public record NewUser(UUID id, String firstName, String lastName, String languageCode, String timeZone) {}
