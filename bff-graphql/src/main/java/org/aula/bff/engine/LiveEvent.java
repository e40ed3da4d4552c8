package org.aula.bff.engine;

/// What a subscription has been told, on the way to its answer.
///
/// @param value as the stream gave it
record LiveEvent(Object value) {}
