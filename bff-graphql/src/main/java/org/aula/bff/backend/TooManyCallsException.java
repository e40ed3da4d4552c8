package org.aula.bff.backend;

/// A request has made all the calls that it may.
public final class TooManyCallsException extends RuntimeException {

    TooManyCallsException(int most) {
        super(
                "the request needs more than " + most
                        + " calls to services: ask for less at a time, or for shorter lists by 'first'",
                null,
                false,
                false);
    }
}
