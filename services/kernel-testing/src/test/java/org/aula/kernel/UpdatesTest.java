package org.aula.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import com.google.protobuf.util.FieldMaskUtil;
import java.util.List;
import org.aula.api.common.v1.Money;
import org.aula.api.courses.v1.CourseChanges;
import org.aula.api.courses.v1.CourseFilter;
import org.aula.kernel.change.Updates;
import org.junit.jupiter.api.Test;

final class UpdatesTest {

    private static final CourseChanges BEFORE = CourseChanges.newBuilder()
            .setTitle("Old")
            .setShortDescription("short")
            .addRequirements("one")
            .addRequirements("two")
            .setPrice(Money.newBuilder().setAmountMinor(100).setCurrencyCode("EUR"))
            .setMaxStudents(30)
            .build();

    @Test
    void onlyWhatTheMaskNamesChanges() {
        var wanted = CourseChanges.newBuilder()
                .setTitle("New")
                .setShortDescription("no")
                .build();

        var after = Updates.merge(BEFORE, wanted, mask("title"));

        assertThat(after).isEqualTo(BEFORE.toBuilder().setTitle("New").build());
    }

    @Test
    void anEmptyMaskChangesNothing() {
        assertThat(Updates.merge(BEFORE, CourseChanges.getDefaultInstance(), mask()))
                .isEqualTo(BEFORE);
    }

    @Test
    void whatIsNamedAndLeftOutIsCleared() {
        var after = Updates.merge(
                BEFORE,
                CourseChanges.getDefaultInstance(),
                mask("short_description", "requirements", "price", "max_students"));

        assertThat(after).isEqualTo(CourseChanges.newBuilder().setTitle("Old").build());
        assertThat(after.hasPrice()).isFalse();
    }

    @Test
    void anOptionalFieldThatIsNamedAndLeftOutIsUnset() {
        var before = CourseFilter.newBuilder().setPriceToMinor(0).build();

        var after = Updates.merge(before, CourseFilter.getDefaultInstance(), mask("price_to_minor"));

        assertThat(after.hasPriceToMinor()).isFalse();
    }

    @Test
    void listsAreReplacedAndNotAppendedTo() {
        var wanted = CourseChanges.newBuilder().addRequirements("three").build();

        assertThat(Updates.merge(BEFORE, wanted, mask("requirements")).getRequirementsList())
                .containsExactly("three");
    }

    @Test
    void messagesAreReplacedAndNotMerged() {
        var wanted = CourseChanges.newBuilder()
                .setPrice(Money.newBuilder().setAmountMinor(200))
                .build();

        assertThat(Updates.merge(BEFORE, wanted, mask("price")).getPrice())
                .isEqualTo(Money.newBuilder().setAmountMinor(200).build());
    }

    @Test
    void aPathMayLeadIntoAMessage() {
        var wanted = CourseChanges.newBuilder()
                .setPrice(Money.newBuilder().setAmountMinor(200))
                .build();

        assertThat(Updates.merge(BEFORE, wanted, mask("price.amount_minor")).getPrice())
                .isEqualTo(Money.newBuilder()
                        .setAmountMinor(200)
                        .setCurrencyCode("EUR")
                        .build());
    }

    private static FieldMask mask(String... paths) {
        return FieldMaskUtil.fromStringList(List.of(paths));
    }
}
