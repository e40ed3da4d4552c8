package org.aula.courses.imports;

/// Told of everything that an import goes on without.
@FunctionalInterface
interface Issues {

    /// @param place a file, or the component that it was
    /// @param element which part of it; may be empty
    /// @param reason for people
    void add(String place, String element, String reason);
}
