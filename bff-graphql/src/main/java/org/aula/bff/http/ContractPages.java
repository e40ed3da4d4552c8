package org.aula.bff.http;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.aula.bff.engine.GraphQlEngine;
import org.aula.bff.engine.Sdl;
import org.aula.kernel.contract.ContractFiles;
import org.aula.kernel.contract.PublicContract;

/// What partners build on: the descriptor set and the SDL for programs, a reference for people, which tries
/// methods by grpc-web. All of it is made from the contract, when it is first asked for.
@Controller("/contract")
final class ContractPages {

    private static final String CACHED = "public, max-age=300";

    private final GraphQlEngine engine;
    private final Template template;
    private final String policy;
    private final Map<String, byte[]> made = new ConcurrentHashMap<>();

    ContractPages(GraphQlEngine engine) {
        this.engine = engine;
        var page = PageFile.read("contract");
        this.template = Mustache.compiler().emptyStringIsFalse(true).compile(page.html());
        this.policy = "default-src 'none'; script-src 'self'; style-src '" + page.hash("style")
                + "'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    /// The contract as descriptors, less what is for services only, with comments.
    @Get(uri = "/aula.binpb", produces = MediaType.ALL)
    HttpResponse<byte[]> descriptors() {
        return file(
                "application/protobuf",
                once("aula.binpb", () -> PublicContract.set().toByteArray()));
    }

    /// The GraphQL schema with its directives.
    @Get(uri = "/schema.graphqls", produces = MediaType.ALL)
    HttpResponse<byte[]> schema() {
        return file("application/graphql; charset=utf-8", once("schema.graphqls", () -> text(Sdl.of(engine))));
    }

    /// Where the reference begins.
    @Get(produces = MediaType.ALL)
    HttpResponse<byte[]> index() {
        return page(once("", () -> text(template.execute(ContractReference.index()))));
    }

    /// A domain of the reference; 404 if the contract has none of that name.
    @Get(uri = "/{domain}", produces = MediaType.ALL)
    HttpResponse<byte[]> domain(HttpRequest<?> request, String domain) {
        if (!ContractFiles.domains().contains(domain)) {
            return Answers.refusal(
                    HttpStatus.NOT_FOUND,
                    MediaType.APPLICATION_JSON,
                    "NOT_FOUND",
                    "the contract has no such domain",
                    RequestIds.of(request));
        }
        return page(once(domain, () -> text(template.execute(ContractReference.domain(domain)))));
    }

    private byte[] once(String name, Supplier<byte[]> make) {
        return made.computeIfAbsent(name, absent -> make.get());
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static MutableHttpResponse<byte[]> file(String type, byte[] body) {
        return HttpResponse.ok(body)
                .header(HttpHeaders.CONTENT_TYPE, type)
                .header(HttpHeaders.CACHE_CONTROL, CACHED)
                .header("x-content-type-options", "nosniff");
    }

    private HttpResponse<byte[]> page(byte[] html) {
        return file("text/html; charset=utf-8", html)
                .header("content-security-policy", policy)
                .header("referrer-policy", "no-referrer")
                .header("x-frame-options", "DENY");
    }
}
