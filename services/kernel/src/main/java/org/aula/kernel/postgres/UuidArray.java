package org.aula.kernel.postgres;

import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import jakarta.inject.Singleton;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A list of ids as one parameter or column of `uuid[]`: `WHERE id = ANY(:ids)`. Without it Micronaut Data
/// writes a question mark for each element, and so another statement for each length.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.FIELD, ElementType.RECORD_COMPONENT, ElementType.METHOD})
@TypeDef(type = DataType.STRING_ARRAY, converter = UuidArray.Converter.class)
public @interface UuidArray {

    /// Lists to what the driver takes and back.
    @Singleton
    final class Converter implements AttributeConverter<Collection<UUID>, Object> {

        @Override
        public @Nullable Object convertToPersistedValue(@Nullable Collection<UUID> ids, ConversionContext context) {
            return ids == null ? null : ids.toArray(UUID[]::new);
        }

        @Override
        public @Nullable Collection<UUID> convertToEntityValue(@Nullable Object array, ConversionContext context) {
            return array == null ? null : List.of((UUID[]) Arrays.elements(array));
        }
    }
}
