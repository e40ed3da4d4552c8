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
import org.jspecify.annotations.Nullable;

/// A list of texts as one parameter or column of `text[]`, as [UuidArray] is of ids.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.FIELD, ElementType.RECORD_COMPONENT, ElementType.METHOD})
@TypeDef(type = DataType.STRING_ARRAY, converter = TextArray.Converter.class)
public @interface TextArray {

    /// Lists to what the driver takes and back.
    @Singleton
    final class Converter implements AttributeConverter<Collection<String>, Object> {

        @Override
        public @Nullable Object convertToPersistedValue(@Nullable Collection<String> texts, ConversionContext context) {
            return texts == null ? null : texts.toArray(String[]::new);
        }

        @Override
        public @Nullable Collection<String> convertToEntityValue(@Nullable Object array, ConversionContext context) {
            return array == null ? null : List.of((String[]) Arrays.elements(array));
        }
    }
}
