package org.aula.bff.engine;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.Message;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.aula.bff.backend.RequestContext;

/// A mutation: one call of the contract.
///
/// @param field the mutation's name in the schema
/// @param request an empty request, which tells its type
/// @param build makes the request of the input
/// @param call makes the call
/// @param payload what the payload holds besides `userErrors`
/// @param <Q> the request's type
/// @param <A> the response's type
public record Mutation<Q extends Message, A>(
        String field,
        Q request,
        Function<Input, Q> build,
        BiFunction<RequestContext, Q, ListenableFuture<A>> call,
        Function<A, Map<String, Object>> payload) {}
