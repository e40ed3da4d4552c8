package org.aula.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The places that name a service by hand know every domain of the contract, and no other.
@Tag("fast")
final class ServicesTest {

    private static final Path ROOT = Path.of("..");
    private static final List<String> DOMAINS = Mesh.SERVICES;

    @Test
    void theBuildHasAModuleForEach() throws IOException {
        assertThat(found("pom.xml", "<module>services/(\\w+)</module>"))
                .filteredOn(name -> !name.equals("kernel"))
                .containsExactlyInAnyOrderElementsOf(DOMAINS);
    }

    @Test
    void theMeshContainsEach() throws IOException {
        assertThat(found("local/pom.xml", "<artifactId>aula-(\\w+)</artifactId>"))
                .containsAll(DOMAINS);
    }

    @Test
    void theAccessMatrixHasARowForEach() throws IOException {
        assertThat(found("liquibase/access-matrix.yaml", "(?m)^  (\\w+):$"))
                .containsExactlyInAnyOrderElementsOf(DOMAINS);
    }

    /// Without it a process would not hear that rights have changed, and would go on to take stale tokens.
    @Test
    void eachMayReadTheStreamOfAuth() throws IOException {
        var listening = found(
                "liquibase/access-matrix.yaml",
                "(?m)^  (\\w+):$(?:\\n(?!  \\w).*)*?\\n +listens: (?:every|\\[.*\\bauth\\b.*])");
        assertThat(listening)
                .containsAll(
                        DOMAINS.stream().filter(name -> !name.equals("auth")).toList());
    }

    @ParameterizedTest
    @FieldSource("DOMAINS")
    void eachHasAMainClassAndAConfiguration(String domain) throws ClassNotFoundException {
        var main = domain.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + domain.substring(1);
        assertThat(Class.forName("org.aula." + domain + "." + main)).isPublic();
        assertThat(getClass().getResource("/config/" + domain + "/application.yml"))
                .isNotNull();
    }

    private static List<String> found(String file, String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(ROOT.resolve(file)))
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();
    }
}
