package org.aula.local.access;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The rows of `authorisation-matrix.txt`.
final class Matrix {

    /// The column of an instructor whose account is not verified.
    static final String UNVERIFIED = "unverified";

    /// The columns of persons: by their roles, and the one above.
    static final List<String> PERSONS = List.of("student", "instructor", "tutor", "admin", UNVERIFIED);

    private static final String RESOURCE = "/authorisation-matrix.txt";
    private static final int CELLS_BEFORE_PERSONS = 3;
    private static final int CELLS = CELLS_BEFORE_PERSONS + PERSONS.size() + 3;

    /// What a person meets with what is theirs and with what is not.
    record Pair(Expectation own, Expectation other) {}

    /// @param method such as `aula.courses.v1.CourseService/GetCourse`
    /// @param thing what the request names
    /// @param persons in the order of [#PERSONS]
    /// @param partner what a partner meets whose scopes are all permissions
    /// @param named void when the policy names no service
    record Row(
            String method,
            Thing thing,
            Expectation anonymous,
            List<Pair> persons,
            Expectation partner,
            Expectation named,
            Expectation unnamed) {

        /// As failures call it.
        String title() {
            return method.substring(method.indexOf('/') + 1) + " " + thing.title();
        }

        String grpcService() {
            return method.substring(0, method.indexOf('/'));
        }
    }

    private Matrix() {}

    static List<Row> read() {
        var rows = new ArrayList<Row>();
        var service = "";
        for (var line : lines()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith(" ")) {
                rows.add(row(service, line.strip()));
            } else {
                service = line.strip();
            }
        }
        return rows;
    }

    private static Row row(String service, String line) {
        var cells = List.of(line.split(" +"));
        if (cells.size() != CELLS) {
            throw new IllegalArgumentException("a row has " + CELLS + " cells, not as " + line);
        }
        var persons = cells.subList(CELLS_BEFORE_PERSONS, CELLS_BEFORE_PERSONS + PERSONS.size()).stream()
                .map(Matrix::pair)
                .toList();
        return new Row(
                service + "/" + cells.get(0),
                Thing.named(cells.get(1)),
                new Expectation(cells.get(2)),
                persons,
                new Expectation(cells.get(CELLS - 3)),
                new Expectation(cells.get(CELLS - 2)),
                new Expectation(cells.get(CELLS - 1)));
    }

    private static Pair pair(String cell) {
        var slash = cell.indexOf('/');
        return slash < 0
                ? new Pair(new Expectation(cell), new Expectation(cell))
                : new Pair(new Expectation(cell.substring(0, slash)), new Expectation(cell.substring(slash + 1)));
    }

    private static List<String> lines() {
        var stream = Objects.requireNonNull(Matrix.class.getResourceAsStream(RESOURCE), RESOURCE);
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
