package org.aula.local.access;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aula.kernel.testing.TestPlatform;
import org.aula.local.Mesh;
import org.aula.local.access.Matrix.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opentest4j.AssertionFailedError;

/// Every cell of the matrix as it stands: each method of the contract, called by everybody, with what is
/// theirs and with what is not, on all services. Most of the time it waits for the work that calls begin, so
/// several services are gone through at once, each thread with people and things of its own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AuthorisationMatrixTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with(Mesh.SERVICES.toArray(String[]::new));

    /// Deleting may be repeated, so that what is not there is not refused; what is there and somebody
    /// else's must be.
    private static final Set<String> TELL_WHAT_EXISTS = Set.of("aula.content.v1.ContentService/DeleteAsset");

    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final ThreadLocal<Caller> callers = ThreadLocal.withInitial(() -> new Caller(platform));

    /// A cell that is not as its row says.
    private record Difference(Cell cell, Outcome outcome) {

        private static final String FORMAT = "  %-58s expected %-13s got %s";

        @Override
        public String toString() {
            return FORMAT.formatted(cell, cell.expected(), outcome);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyCellIsAsItsRowSays() {
        var services =
                Matrix.read().stream().collect(groupingBy(Row::grpcService, LinkedHashMap::new, Collectors.toList()));
        return services.entrySet().stream()
                .map(service ->
                        Map.entry(service.getKey(), threads.submit(() -> check(service.getKey(), service.getValue()))))
                // All of them are begun before the first is waited for.
                .toList()
                .stream()
                .map(begun -> DynamicTest.dynamicTest(begun.getKey(), () -> result(begun.getValue())));
    }

    private static void result(Future<?> checked) throws Throwable {
        try {
            checked.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() == null ? failed : failed.getCause();
        }
    }

    @AfterAll
    void end() {
        threads.shutdownNow();
    }

    /// What is hidden is answered like what does not exist, and what is refused as somebody else's is
    /// refused whether it exists or not.
    @Test
    void whoMayNotSeeAThingDoesNotLearnWhetherItExists() throws Exception {
        var asked = Matrix.read().stream()
                .map(row -> threads.submit(() -> tellingWhetherItExists(row)))
                .toList();
        var differences = new ArrayList<Difference>();
        for (var row : asked) {
            differences.addAll(row.get());
        }
        assertThat(differences)
                .as("cells that end otherwise when nothing of that id exists")
                .isEmpty();
    }

    private List<Difference> tellingWhetherItExists(Row row) throws Exception {
        var caller = callers.get();
        var differences = new ArrayList<Difference>();
        for (var cell : Cell.of(row)) {
            if (keepsSecret(cell)) {
                var outcome = caller.callAboutNothing(cell);
                if (!outcome.looksLike(caller.call(cell))) {
                    differences.add(new Difference(cell, outcome));
                }
            }
        }
        return differences;
    }

    private static boolean keepsSecret(Cell cell) {
        return cell.caller() instanceof Cell.Someone
                && !Caller.mayKnowAll(cell.caller())
                && !TELL_WHAT_EXISTS.contains(cell.row().method())
                && !cell.own()
                && cell.row().thing().whose() == Thing.Whose.ANYBODYS
                && !cell.row().thing().isPublic()
                && cell.expected().keepsFromOthers();
    }

    private boolean check(String service, List<Row> rows) throws Exception {
        var begun = System.nanoTime();
        var cells = rows.stream().flatMap(row -> Cell.of(row).stream()).toList();
        var differences = new ArrayList<Difference>();
        for (var cell : cells) {
            var outcome = outcome(cell);
            if (!cell.expected().matches(outcome)) {
                differences.add(new Difference(cell, outcome));
            }
        }
        System.out.printf(
                "%-40s %4d cells, %d differ, %.1f s%n",
                service, cells.size(), differences.size(), (System.nanoTime() - begun) / 1e9);
        if (!differences.isEmpty()) {
            throw new AssertionFailedError(differences.stream()
                    .map(Difference::toString)
                    .collect(Collectors.joining(
                            System.lineSeparator(),
                            differences.size() + " cells of " + service + " are not as they stand:"
                                    + System.lineSeparator(),
                            "")));
        }
        return true;
    }

    /// A fixture that cannot be made is the failure of its cell, so that the others are seen too.
    private Outcome outcome(Cell cell) throws Exception {
        try {
            return callers.get().call(cell);
        } catch (IllegalStateException | StatusRuntimeException failed) {
            return Outcome.unmade(failed);
        }
    }
}
