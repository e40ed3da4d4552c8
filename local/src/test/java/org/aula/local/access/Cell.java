package org.aula.local.access;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.aula.local.Mesh;
import org.aula.local.access.Matrix.Row;

/// One call of the matrix.
///
/// @param own whether the thing is the caller's; false also when it is nobody's
/// @param expected what it ends with
record Cell(Row row, By caller, boolean own, Expectation expected) {

    /// Who calls.
    sealed interface By {}

    /// Without a token.
    record Visitor() implements By {
        @Override
        public String toString() {
            return "anonymous";
        }
    }

    /// A person of this column.
    record Someone(String column) implements By {
        @Override
        public String toString() {
            return column;
        }
    }

    /// A partner whose scopes are all permissions.
    record Partner() implements By {
        @Override
        public String toString() {
            return "partner";
        }
    }

    /// A service for itself.
    record Service(String name) implements By {
        @Override
        public String toString() {
            return "service " + name;
        }
    }

    /// Every call of a row.
    static List<Cell> of(Row row) {
        var cells = new ArrayList<Cell>();
        cells.add(new Cell(row, new Visitor(), false, row.anonymous()));
        for (int index = 0; index < Matrix.PERSONS.size(); index++) {
            ofPerson(row, Matrix.PERSONS.get(index), row.persons().get(index)).forEach(cells::add);
        }
        cells.add(new Cell(row, new Partner(), false, row.partner()));
        var named = Contract.callers(Contract.method(row.method()));
        named.forEach(name -> cells.add(new Cell(row, new Service(name), false, row.named())));
        var unnamed = Mesh.SERVICES.stream()
                .filter(name -> !named.contains(name))
                .findFirst()
                .orElseThrow();
        cells.add(new Cell(row, new Service(unnamed), false, row.unnamed()));
        return cells;
    }

    private static Stream<Cell> ofPerson(Row row, String column, Matrix.Pair pair) {
        var own = new Cell(row, new Someone(column), true, pair.own());
        var other = new Cell(row, new Someone(column), false, pair.other());
        return switch (row.thing().whose()) {
            case CALLERS -> Stream.of(own);
            case NOBODYS, OTHERS -> Stream.of(other);
            case ANYBODYS -> Stream.of(own, other);
        };
    }

    @Override
    public String toString() {
        var whose = row.thing().whose() == Thing.Whose.ANYBODYS && caller instanceof Someone
                ? (own ? ", own" : ", other's")
                : "";
        return row.title() + ", " + caller + whose;
    }
}
