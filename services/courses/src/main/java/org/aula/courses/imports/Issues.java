package org.aula.courses.imports;

/// Told of everything that an import goes on without.
@FunctionalInterface
interface Issues {

    /// @param location a file, or the component that it was
    /// @param element which part of it; may be empty
    /// @param reason for people
    void add(String location, String element, String reason);
}
