package org.aula.migrate;

import java.util.List;
import java.util.UUID;

/// A seeded account, one for each role, for trying the platform out.
record DemoAccount(UUID id, String role, String email, String firstName, String lastName) {

    static final List<DemoAccount> ALL = List.of(
            of(1, "admin", "Ada", "Admin"),
            of(2, "instructor", "Ines", "Instructor"),
            of(3, "student", "Samuel", "Student"),
            of(4, "tutor", "Tara", "Tutor"));

    private static DemoAccount of(int number, String role, String firstName, String lastName) {
        // UUIDv7 of the first millisecond of 2026, so that every installation has the same.
        UUID id = UUID.fromString("019b76da-a800-7000-8000-00000000000" + number);
        return new DemoAccount(id, role, role + "@aula.example", firstName, lastName);
    }
}
