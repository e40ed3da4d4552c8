package org.aula.bff.http;

import io.micronaut.http.HttpStatus;

/// A request that is no GraphQL request.
final class BadRequestException extends RuntimeException {

    private final HttpStatus status;

    BadRequestException(HttpStatus status, String message) {
        super(message);
        this.status = status;
    }

    HttpStatus status() {
        return status;
    }
}
