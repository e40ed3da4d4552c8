package org.aula.bff.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.aula.kernel.contract.ContractFiles;
import org.aula.kernel.contract.ContractMethod;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// How GraphiQL signs in, refreshes and shows who is signed in.
@Tag("fast")
class GraphiQlSessionTest {

    private static final Path SESSION = Path.of("src/main/graphiql/session.js");
    private static final Pattern LIST = Pattern.compile("WITHOUT_TOKEN = new Set\\(\\[(.*?)]\\)", Pattern.DOTALL);

    @Test
    void whatIsSentWithoutATokenIsWhatAuthLetsAnybodyDo() throws Exception {
        var listed =
                LIST.matcher(Files.readString(SESSION)).results().findFirst().orElseThrow();
        var anybodys = ContractFiles.services("aula.auth.v1.").stream()
                // Of partners, and plain HTTP.
                .filter(service -> !service.getName().equals("OAuthService"))
                .flatMap(service -> service.getMethods().stream())
                .filter(method -> ContractMethod.of(method).policy().getAnonymous())
                .map(method -> method.getName())
                // The gateway serves them by an address of their own.
                .filter(name -> !name.equals("GetJwks"))
                .map(name -> name.replaceFirst("^Get", ""))
                .map(name -> Character.toLowerCase(name.charAt(0)) + name.substring(1))
                .collect(Collectors.toSet());

        assertThat(Pattern.compile("\\w+").matcher(listed.group(1)).results().map(found -> found.group()))
                .containsExactlyInAnyOrderElementsOf(anybodys);
    }

    @Test
    void itsOwnTestsPass() throws Exception {
        var status = -1;
        var output = "";
        try {
            var process = new ProcessBuilder("node", "--test", "src/test/graphiql/session.test.js")
                    .redirectErrorStream(true)
                    .start();
            output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            status = process.waitFor();
        } catch (IOException noNode) {
            assumeTrue("true".equals(System.getenv("CI")), "left out: there is no node on the PATH");
        }

        assertThat(status).as(output).isZero();
    }
}
