package org.aula.users.user;

/// Gender as a person tells it.
enum Gender {
    MALE,
    FEMALE,
    OTHER
}
