package org.aula.bff.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.UUID;
import java.util.regex.Pattern;

/// Gives each request an id, its own if it brought one, and tells it in the answer.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class RequestIds {

    static final String HEADER = "x-request-id";
    private static final String ATTRIBUTE = "aula-request-id";
    private static final Pattern ACCEPTABLE = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    /// The id of a request.
    static String of(HttpRequest<?> request) {
        return request.getAttribute(ATTRIBUTE, String.class).orElseGet(() -> choose(request));
    }

    @RequestFilter
    void onRequest(HttpRequest<?> request) {
        choose(request);
    }

    @ResponseFilter
    void onResponse(HttpRequest<?> request, MutableHttpResponse<?> response) {
        response.header(HEADER, of(request));
    }

    private static String choose(HttpRequest<?> request) {
        var given = request.getHeaders().get(HEADER);
        var id = given != null && ACCEPTABLE.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString();
        request.setAttribute(ATTRIBUTE, id);
        return id;
    }
}
