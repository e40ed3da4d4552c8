package org.aula.kernel.saga;

import java.util.List;
import java.util.UUID;

/// One kind of work in several steps, which no transaction can hold together: steps that other services or
/// providers do, or that wait for what these will say. Every bean of this type can be begun by
/// [Sagas#start].
///
/// The steps are done in their order. When one is refused, or not done within its patience, it and all
/// before it are undone, the last one first. Nothing is kept here beyond how far a saga has come: what its
/// steps need stands in the owner's rows, under the saga's id.
public interface Saga {

    /// Name, unique in the service, such as `registration`.
    String kind();

    /// What is done, in order; at least one.
    List<SagaStep> steps();

    /// The last step is done: written in the transaction that ends the saga.
    default void completed(UUID id) {}

    /// Everything is undone: written in the transaction that ends the saga.
    default void failed(UUID id) {}
}
