package org.aula.courses.tag;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.List;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.courses.v1.CreateTagRequest;
import org.aula.api.courses.v1.UpdateTagRequest;
import org.aula.kernel.change.Updates;
import org.aula.kernel.error.Errors;

/// Tags to and from messages.
public final class TagMapper {

    private static final String DEFAULT_COLOR = "#007bff";

    private TagMapper() {}

    static Tag create(CreateTagRequest request) {
        return new Tag(UuidCreator.getTimeOrderedEpoch(), request.getName(), color(request.getColor()), 0);
    }

    /// A tag after what the mask names was changed.
    static Tag update(Tag before, UpdateTagRequest request) {
        var wanted =
                Updates.copy(request, org.aula.api.courses.v1.Tag.newBuilder()).build();
        var after = Updates.merge(toProto(before), wanted, request.getUpdateMask());
        if (after.getName().isBlank()) {
            throw emptyName();
        }
        return new Tag(before.id(), after.getName(), color(after.getColor()), before.courseCount());
    }

    /// Where the list of tags goes on behind this one.
    static List<String> cursor(Tag tag) {
        return TagRepository.SORTED.cursor(tag.id().toString(), tag.name());
    }

    public static org.aula.api.courses.v1.Tag toProto(Tag tag) {
        return org.aula.api.courses.v1.Tag.newBuilder()
                .setId(tag.id().toString())
                .setName(tag.name())
                .setColor(tag.color())
                .setCourseCount(tag.courseCount())
                .build();
    }

    private static String color(String color) {
        return color.isEmpty() ? DEFAULT_COLOR : color;
    }

    private static RuntimeException emptyName() {
        return Errors.invalid(ErrorReason.ERROR_REASON_VALIDATION_FAILED, "name", "must not be empty");
    }
}
