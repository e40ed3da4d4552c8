package org.aula.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.aula.kernel.postgres.Closing;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.testing.TestPlatform;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a transaction writes last is committed with it or not at all.
final class ClosingTest {

    private static final String CATEGORY =
            "INSERT INTO course_categories (id, name, slug, created_at) VALUES (?, ?, ?, ?)";
    private static final String TAGS = """
            INSERT INTO tags (id, name, color)
            SELECT gen_random_uuid(), name, coalesce(?, '#112233') FROM unnest(?) AS name
            """;

    private static final String CATEGORIES =
            "SELECT count(*) FROM course_categories WHERE starts_with(CAST(name AS text), :prefix)";

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses");

    private final String name = UUID.randomUUID().toString();

    /// More often than it takes the driver to prepare a statement for good.
    @Test
    void whatWasPutOffIsWrittenAtTheEnd() throws Exception {
        for (var time = 0; time < 8; time++) {
            var some = name + time;
            var before = write(handle -> {
                addCategory(handle, some + "a");
                Closing.add(handle, TAGS, null, new String[] {some + "a", some + "b"});
                addCategory(handle, some + "b");
                return count(handle, CATEGORIES, some);
            });
            assertThat(before).isZero();
            assertThat(categories(some)).isEqualTo(2);
            assertThat(tags(some)).isEqualTo(2);
        }
    }

    @Test
    void whenItIsRefusedNothingIsWritten() throws Exception {
        for (var time = 0; time < 8; time++) {
            var some = name + time;
            assertThatThrownBy(() -> write(handle -> {
                        handle.execute(
                                "INSERT INTO course_categories (id, name, slug) VALUES (gen_random_uuid(), ?, ?)",
                                some,
                                some);
                        Closing.add(handle, TAGS, "#445566", new String[] {some});
                        addCategory(handle, some);
                        return true;
                    }))
                    .hasStackTraceContaining("duplicate key");
            assertThat(categories(some)).isZero();
            assertThat(tags(some)).isZero();
        }
    }

    @Test
    void whatIsRolledBackIsNotWritten() throws Exception {
        assertThatThrownBy(() -> write(handle -> {
                    addCategory(handle, name);
                    throw new IllegalStateException("rolled back");
                }))
                .hasMessage("rolled back");
        assertThat(categories(name)).isZero();
    }

    @Test
    void whoOnlyReadsPutsNothingOff() {
        assertThatThrownBy(() -> platform.inside(
                        "courses",
                        () -> platform.bean("courses", Transactions.class).read(handle -> {
                            addCategory(handle, name);
                            return true;
                        })))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Transactions.write");
    }

    private static void addCategory(Handle handle, String name) {
        Closing.add(handle, CATEGORY, UUID.randomUUID(), name, name, Instant.now());
    }

    private static <T> T write(Function<Handle, T> work) throws Exception {
        return platform.inside(
                "courses", () -> platform.bean("courses", Transactions.class).write(work));
    }

    private static int categories(String prefix) throws Exception {
        return write(handle -> count(handle, CATEGORIES, prefix));
    }

    private static int tags(String prefix) throws Exception {
        return write(handle ->
                count(handle, "SELECT count(*) FROM tags WHERE starts_with(CAST(name AS text), :prefix)", prefix));
    }

    private static Integer count(Handle handle, String sql, String prefix) {
        return handle.createQuery(sql)
                .bind("prefix", prefix)
                .mapTo(Integer.class)
                .one();
    }
}
