package org.aula.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.postgres.Session;
import org.aula.kernel.postgres.Sql;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a transaction writes last is committed with it or not at all.
final class DeferredStatementsTest {

    private static final String CATEGORY =
            "INSERT INTO course_categories (id, name, slug, created_at) VALUES (?, ?, ?, ?)";
    private static final String TAGS = """
            INSERT INTO tags (id, name, color)
            SELECT gen_random_uuid(), name, coalesce(?, '#112233') FROM unnest(?) AS name
            """;

    private static final String CATEGORIES =
            "SELECT count(*) FROM course_categories WHERE starts_with(CAST(name AS text), ?)";

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses");

    private final String name = UUID.randomUUID().toString();

    /// More often than it takes the driver to prepare a statement for good.
    @Test
    void whatWasPutOffIsWrittenAtTheEnd() throws Exception {
        for (var time = 0; time < 8; time++) {
            var some = name + time;
            var before = write(() -> {
                addCategory(some + "a");
                Session.current().defer(TAGS, null, new String[] {some + "a", some + "b"});
                addCategory(some + "b");
                return count(CATEGORIES, some);
            });
            assertThat(before).isZero();
            assertThat(categories(some)).isEqualTo(2);
            assertThat(tags(some)).isEqualTo(2);
        }
    }

    @Test
    void aTransactionMayConsistOfThemAlone() throws Exception {
        write(() -> {
            addCategory(name);
            return true;
        });
        assertThat(categories(name)).isEqualTo(1);
    }

    @Test
    void whenItIsRefusedNothingIsWritten() throws Exception {
        for (var time = 0; time < 8; time++) {
            var some = name + time;
            assertThatThrownBy(() -> write(() -> {
                        Sql.of(
                                        "INSERT INTO course_categories (id, name, slug) VALUES (gen_random_uuid(), ?, ?)",
                                        some,
                                        some)
                                .update();
                        Session.current().defer(TAGS, "#445566", new String[] {some});
                        addCategory(some);
                        return true;
                    }))
                    .hasStackTraceContaining("duplicate key");
            assertThat(categories(some)).isZero();
            assertThat(tags(some)).isZero();
        }
    }

    @Test
    void whatIsRolledBackIsNotWritten() throws Exception {
        assertThatThrownBy(() -> write(() -> {
                    addCategory(name);
                    throw new IllegalStateException("rolled back");
                }))
                .hasMessage("rolled back");
        assertThat(categories(name)).isZero();
    }

    @Test
    void whoOnlyReadsPutsNothingOff() {
        assertThatThrownBy(() -> platform.inside(
                        "courses",
                        () -> platform.bean("courses", Database.class).query(() -> {
                            addCategory(name);
                            return true;
                        })))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Database.transact");
    }

    private static void addCategory(String name) {
        Session.current().defer(CATEGORY, UUID.randomUUID(), name, name, Instant.now());
    }

    private static <T> T write(Supplier<T> work) throws Exception {
        return platform.inside(
                "courses", () -> platform.bean("courses", Database.class).transact(work));
    }

    private static int categories(String prefix) throws Exception {
        return write(() -> count(CATEGORIES, prefix));
    }

    private static int tags(String prefix) throws Exception {
        return write(() -> count("SELECT count(*) FROM tags WHERE starts_with(CAST(name AS text), ?)", prefix));
    }

    private static Integer count(String sql, String prefix) {
        return Sql.of(sql, prefix).find(row -> row.getInt(1)).orElseThrow();
    }
}
