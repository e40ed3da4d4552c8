package org.aula.bff.engine;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Function;

/// Getters of generated messages as functions. They are made when the gateway starts, so that reading a
/// field of a response costs what a method reference costs, and no reflection.
final class Getters {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final MethodType FACTORY = MethodType.methodType(Function.class);
    private static final MethodType ERASED = MethodType.methodType(Object.class, Object.class);

    private Getters() {}

    /// The public method of a class that has no parameters.
    ///
    /// @throws IllegalStateException if there is none of that name
    @SuppressWarnings("unchecked")
    static Function<Object, Object> of(Class<?> type, String method) {
        try {
            var getter = LOOKUP.unreflect(type.getMethod(method));
            var site = LambdaMetafactory.metafactory(
                    LOOKUP, "apply", FACTORY, ERASED, getter, getter.type().wrap());
            return (Function<Object, Object>) site.getTarget().invoke();
        } catch (Throwable unusable) {
            throw new IllegalStateException(type.getName() + " has no getter " + method, unusable);
        }
    }
}
