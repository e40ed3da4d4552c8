package org.aula.migrate;

/// One store's part of the job. Each part may be repeated: what is done stays done.
interface StoreMigration {

    /// The name under which `STORE=` finds it.
    String name();

    /// Brings the store up to date and checks the result.
    ///
    /// @return what was done, for the line of progress
    /// @throws MigrationException when the store does not answer, or is not what the changelogs say
    String migrate();
}
