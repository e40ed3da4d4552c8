package org.aula.bff.http;

import io.micronaut.context.ExecutionHandleLocator;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.http.HttpRequest;
import io.micronaut.web.router.DefaultRouteBuilder;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// The addresses of [PlainHttp], as the contract gives them.
@Singleton
final class PlainHttpRoutes extends DefaultRouteBuilder {

    PlainHttpRoutes(ExecutionHandleLocator methods, UriNamingStrategy naming, ConversionService conversions) {
        super(methods, naming, conversions);
    }

    @Inject
    void add(PlainHttp plainHttp) {
        plainHttp.gets().keySet().forEach(path -> GET(path, plainHttp, "get", HttpRequest.class));
        plainHttp
                .posts()
                .keySet()
                .forEach(path -> POST(path, plainHttp, "post", HttpRequest.class, byte[].class)
                        .consumesAll());
    }
}
