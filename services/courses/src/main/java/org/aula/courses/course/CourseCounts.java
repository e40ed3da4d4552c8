package org.aula.courses.course;

import java.util.Comparator;
import java.util.List;

/// How many courses a filter finds, by the values that it could be narrowed by.
record CourseCounts(List<Row> rows) {

    /// What is counted by.
    enum Facet {
        TOTAL,
        FREE,
        CATEGORY,
        TAG,
        LEVEL,
        LANGUAGE,
        RATING
    }

    /// How many courses have a value.
    record Row(Facet facet, String value, long courses) {}

    CourseCounts {
        rows = List.copyOf(rows);
    }

    /// The one count of a facet without values.
    long of(Facet facet) {
        return rows.stream()
                .filter(row -> row.facet() == facet)
                .mapToLong(Row::courses)
                .sum();
    }

    /// The values of a facet, the most first.
    List<Row> byMost(Facet facet) {
        return rows.stream()
                .filter(row -> row.facet() == facet)
                .sorted(Comparator.comparingLong(Row::courses).reversed().thenComparing(Row::value))
                .toList();
    }

    /// The values of a facet, the highest first.
    List<Row> byValue(Facet facet) {
        return rows.stream()
                .filter(row -> row.facet() == facet)
                .sorted(Comparator.comparing(Row::value).reversed())
                .toList();
    }
}
