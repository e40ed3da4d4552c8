package org.aula.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.aula.api.common.v1.EventEnvelope;
import org.aula.api.courses.v1.CourseArchived;
import org.aula.api.courses.v1.CourseDeleted;
import org.aula.api.courses.v1.CoursePublished;
import org.aula.kernel.error.StoreUnavailableException;
import org.aula.kernel.events.Invalidation;
import org.junit.jupiter.api.Test;

final class InvalidationTest {

    private final List<Set<String>> changed = new ArrayList<>();
    private final List<Set<String>> changedOrThrow = new ArrayList<>();

    private final Invalidation invalidation = Invalidation.named("test.cache")
            .on(CoursePublished.getDefaultInstance(), CoursePublished::getCourseId)
            .on(CourseDeleted.getDefaultInstance(), CourseDeleted::getCourseId)
            .by(changed::add, changedOrThrow::add);

    @Test
    void whatIsCommittedIsDroppedAtOnceAndOncePerTransaction() {
        invalidation.committedAll(List.of(published("a"), deleted("b"), deleted("a")));

        assertThat(changed).containsExactly(Set.of("a", "b"));
        assertThat(changedOrThrow).isEmpty();
    }

    @Test
    void otherEventsDropNothing() {
        invalidation.committed(CourseArchived.newBuilder().setCourseId("a").build());

        assertThat(changed).isEmpty();
    }

    @Test
    void theStreamDropsOnceMore() throws Exception {
        invalidation.accept(List.of(envelope(published("a")), envelope(deleted("b"))));

        assertThat(changedOrThrow).containsExactly(Set.of("a", "b"));
        assertThat(changed).isEmpty();
    }

    @Test
    void aBatchComesAgainWhenTheStoreIsUnavailable() {
        var failing = Invalidation.named("test.cache")
                .on(CoursePublished.getDefaultInstance(), CoursePublished::getCourseId)
                .by(changed::add, ids -> {
                    throw new StoreUnavailableException("redis", new IllegalStateException());
                });

        assertThatThrownBy(() -> failing.accept(List.of(envelope(published("a")))))
                .isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void listensToItsEventsOnly() {
        assertThat(invalidation.name()).isEqualTo("test.cache");
        assertThat(invalidation.types())
                .containsExactly(CoursePublished.getDefaultInstance(), CourseDeleted.getDefaultInstance());
        assertThat(invalidation.domains()).containsExactly("courses");
    }

    private static CoursePublished published(String id) {
        return CoursePublished.newBuilder().setCourseId(id).build();
    }

    private static CourseDeleted deleted(String id) {
        return CourseDeleted.newBuilder().setCourseId(id).build();
    }

    private static EventEnvelope envelope(Message event) {
        return EventEnvelope.newBuilder()
                .setType(event.getDescriptorForType().getFullName())
                .setPayload(Any.pack(event))
                .build();
    }
}
