package org.aula.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.aula.migrate.AccessMatrix.Service;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The matrix grants nothing that no code uses: each name stands in the sources of the service that it is
/// granted to.
@Tag("fast")
class MatrixAndSourcesTest {

    private static final Path SERVICES = Path.of("../services");
    private static final AccessMatrix MATRIX = AccessMatrix.load();
    private static final List<Service> ROWS = MATRIX.services();

    @ParameterizedTest
    @FieldSource("ROWS")
    void aServiceNamesWhatItIsGranted(Service service) throws IOException {
        String sources = sources(service.name());
        Stream<String> granted = Stream.of(
                        service.tables().stream()
                                .filter(table -> !MATRIX.technicalTables().contains(table)),
                        service.appended().stream(),
                        service.views().stream().map(view -> view.replace(service.name() + ".", "")),
                        service.collections().stream(),
                        service.redisKeys().stream().map(pattern -> pattern.replace("*", "")),
                        service.clickhouseTables().stream())
                .flatMap(names -> names);
        assertThat(granted.filter(name -> !names(sources, name)))
                .as("granted to " + service.name() + " and not named in its sources")
                .isEmpty();
    }

    /// What is only appended to could not be changed by a forgotten statement either: the login lacks the
    /// right. So such a statement must not be there.
    @ParameterizedTest
    @FieldSource("ROWS")
    void aServiceChangesNothingThatItMayOnlyAppendToOrRead(Service service) throws IOException {
        String sources = sources(service.name());
        Stream<String> kept = Stream.concat(service.appended().stream(), service.views().stream());
        assertThat(kept.map(name -> name.replace(service.name() + ".", ""))
                        .filter(name -> Pattern.compile("(UPDATE|DELETE FROM) +" + Pattern.quote(name) + "\\b")
                                .matcher(sources)
                                .find()))
                .isEmpty();
    }

    /// Every schema has the technical tables for the kernel, or for what services do alike.
    @Test
    void technicalTablesAreNamedToo() throws IOException {
        String sources = sources("");
        assertThat(MATRIX.technicalTables()).allMatch(table -> names(sources, table));
    }

    /// A pattern of keys ends with a colon, behind which more may stand.
    private static boolean names(String sources, String name) {
        return Pattern.compile("(?<![a-z_])" + Pattern.quote(name) + "((?<=:)|(?![a-z_]))")
                .matcher(sources)
                .find();
    }

    /// The main sources of a service and of course-access if it uses that, without their comments; of all
    /// when the name is empty.
    private static String sources(String service) throws IOException {
        String own = code(SERVICES.resolve(service));
        Path pom = SERVICES.resolve(service).resolve("pom.xml");
        return Files.exists(pom) && Files.readString(pom).contains("<artifactId>aula-course-access</artifactId>")
                ? own + code(SERVICES.resolve("course-access"))
                : own;
    }

    private static String code(Path folder) throws IOException {
        StringBuilder code = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (file.toString().matches(".*/src/main/java/.*\\.java")) {
                    code.append(Files.readString(file).replaceAll("(?m)^\\s*//.*$", ""));
                }
            }
        }
        return code.toString();
    }
}
