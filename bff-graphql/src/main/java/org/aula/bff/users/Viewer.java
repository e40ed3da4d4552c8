package org.aula.bff.users;

import graphql.schema.DataFetchingEnvironment;

/// The one who is signed in.
///
/// @param userId as the token claims; the services verify it
/// @param whole whether more than the user's row is asked for, so that all of it comes by one call
public record Viewer(String userId, boolean whole) {

    /// The viewer of a field that gives one.
    public static Viewer of(String userId, DataFetchingEnvironment environment) {
        var selected = environment.getSelectionSet();
        var whole = UserQueries.BEYOND_THE_ROW.stream()
                .anyMatch(field -> selected.contains(field) || selected.contains("user/" + field));
        return new Viewer(userId, whole);
    }
}
