package org.aula.bff.engine;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/// What became of an operation on a connection that stays: an answer, or events that each get one.
///
/// @param answer null where there are events
/// @param events each for [GraphQlEngine#answer]; null where there is an answer
public record Subscribed(@Nullable Answer answer, @Nullable Publisher<Object> events) {}
