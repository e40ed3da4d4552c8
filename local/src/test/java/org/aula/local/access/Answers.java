package org.aula.local.access;

import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Looks into answers of any type.
final class Answers {

    private Answers() {}

    /// Whether the answer is a list or a batch that says nothing beyond the ids that were asked for. A
    /// comparison is neither: nothing differs between a thing and itself.
    static boolean holdNothing(DynamicMessage request, DynamicMessage answer) {
        var type = answer.getDescriptorForType();
        var isList = !type.getName().startsWith("Compare")
                && type.getFields().stream()
                        .anyMatch(field -> field.isRepeated() && field.getJavaType() == JavaType.MESSAGE);
        var asked = values(request).collect(Collectors.toSet());
        return isList && values(answer, Answers::saysSomething).allMatch(asked::contains);
    }

    /// One of the secrets that the answer tells and the request did not know.
    static @Nullable String leak(DynamicMessage request, DynamicMessage answer, Set<String> secrets) {
        var asked = values(request).collect(Collectors.toSet());
        return values(answer)
                .map(Object::toString)
                .filter(secrets::contains)
                .filter(secret -> !asked.contains(secret))
                .findFirst()
                .orElse(null);
    }

    /// How many there are of something says nothing when it is none.
    private static boolean saysSomething(Message message) {
        var count = message.getDescriptorForType().findFieldByName("count");
        return count == null || message.getAllFields().containsKey(count);
    }

    /// Every value that is set, at any depth.
    private static Stream<Object> values(Message message) {
        return values(message, any -> true);
    }

    private static Stream<Object> values(Message message, Predicate<Message> isWanted) {
        return isWanted.test(message)
                ? message.getAllFields().values().stream()
                        .flatMap(value -> value instanceof List<?> list ? list.stream() : Stream.of(value))
                        .flatMap(value -> value instanceof Message inner ? values(inner, isWanted) : Stream.of(value))
                : Stream.empty();
    }
}
