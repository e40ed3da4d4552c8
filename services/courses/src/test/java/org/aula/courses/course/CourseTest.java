package org.aula.courses.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.UUID;
import org.aula.kernel.error.ServiceException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The rules of a course's way from draft to catalog.
@Tag("fast")
class CourseTest {

    private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATER = Instant.parse("2026-01-02T00:00:00Z");

    private final Course draft = Course.draft(UUID.randomUUID(), UUID.randomUUID(), details("Java"), MADE);

    @Test
    void goesFromDraftOverReviewToTheCatalog() {
        var review = draft.submit(true, LATER);
        assertThat(review.status()).isEqualTo(CourseStatus.REVIEW);
        var published = review.publish(LATER);
        assertThat(published.status()).isEqualTo(CourseStatus.PUBLISHED);
        assertThat(published.publishedAt()).isEqualTo(LATER);
        assertThat(published.version()).isEqualTo(3);
    }

    @Test
    void isNotSubmittedEmpty() {
        assertThatThrownBy(() -> draft.submit(false, LATER)).isInstanceOf(ServiceException.class);
    }

    @Test
    void isGivenBackWithAReasonThatTheNextSubmissionClears() {
        var returned = draft.submit(true, LATER).giveBack("more examples", LATER);
        assertThat(returned.status()).isEqualTo(CourseStatus.DRAFT);
        assertThat(returned.returnReason()).isEqualTo("more examples");
        assertThat(returned.submit(true, LATER).returnReason()).isEmpty();
    }

    @Test
    void refusesEveryOtherWay() {
        var published = draft.submit(true, LATER).publish(LATER);
        assertThatThrownBy(() -> draft.publish(LATER)).isInstanceOf(ServiceException.class);
        assertThatThrownBy(() -> draft.giveBack("no", LATER)).isInstanceOf(ServiceException.class);
        assertThatThrownBy(() -> published.submit(true, LATER)).isInstanceOf(ServiceException.class);
        assertThatThrownBy(() -> published.giveBack("no", LATER)).isInstanceOf(ServiceException.class);
    }

    @Test
    void staysAsItIsWhenItIsAlreadyThere() {
        var review = draft.submit(true, LATER);
        assertThat(review.submit(true, LATER)).isSameAs(review);
        var published = review.publish(LATER);
        assertThat(published.publish(LATER)).isSameAs(published);
        var returned = review.giveBack("more", LATER);
        assertThat(returned.giveBack("more", LATER)).isSameAs(returned);
        assertThat(draft.describe(draft.details(), LATER)).isSameAs(draft);
    }

    private static CourseDetails details(String title) {
        return CourseDetails.titled(title).build();
    }
}
