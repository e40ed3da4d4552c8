package org.aula.kernel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import build.buf.protovalidate.Validator;
import java.util.UUID;
import org.aula.api.courses.v1.CreateCategoryRequest;
import org.aula.api.courses.v1.LessonPage;
import org.aula.api.courses.v1.UpdateLessonContentRequest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The contract's rule for names and titles.
@Tag("fast")
class NamesTest {

    private static final Validator VALIDATOR = ContractRules.validator();

    private static CreateCategoryRequest named(String name) {
        return CreateCategoryRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setName(name)
                .build();
    }

    private static boolean isTaken(String name) throws Exception {
        return VALIDATOR.validate(Names.strip(named(name))).isSuccess();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Languages",
                "C++ & C#",
                "«¿Qué?»",
                "می\u200cخواهم",
                "क्\u200dष",
                "❤\ufe0f",
                "机器学习",
                " around\u00a0 ",
                "e\u0301te\u0301"
            })
    void namesOfAllScriptsAreTaken(String name) throws Exception {
        assertThat(isTaken(name)).isTrue();
        assertThat(Names.clean(name)).isEqualTo(Names.strip(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "\u00a0\u2003",
                "\u200d",
                "\u200b",
                "two\nlines",
                "bell\u0007",
                "invoice\u202egnp",
                "\u2067right",
                "soft\u00adhyphen",
                "\u3164",
                "\ufeffmark",
                "\u2028"
            })
    void whatNobodySeesAndWhatTurnsTheLineIsRefused(String name) throws Exception {
        assertThat(isTaken(name)).isFalse();
        var clean = Names.clean(name);
        assertThat(clean.isEmpty() || isTaken(clean)).isTrue();
    }

    @Test
    void theRefusalNamesTheField() throws Exception {
        var violations = VALIDATOR.validate(named("a\u202eb")).getViolations();
        assertThat(violations).singleElement().satisfies(violation -> {
            assertThat(violation.toProto().getRuleId()).isEqualTo("string.name");
            assertThat(violation.toProto().getField().getElements(0).getFieldName())
                    .isEqualTo("name");
        });
    }

    @Test
    void spaceIsTakenAwayAtAnyDepthAndNothingElseIsTouched() {
        var page = LessonPage.newBuilder().setId("p 1 ").setTitle(" First ");
        var request = UpdateLessonContentRequest.newBuilder()
                .addPages(LessonPage.newBuilder().setTitle("Zero"))
                .addPages(page)
                .build();
        var stripped = (UpdateLessonContentRequest) Names.strip(request);

        assertThat(stripped.getPages(1)).isEqualTo(page.setTitle("First").build());
        assertThat(stripped.getPages(0)).isSameAs(request.getPages(0));
        assertThat(Names.strip(stripped)).isSameAs(stripped);
    }

    @Test
    void linesOfAnImportedTitleBecomeOne() {
        assertThat(Names.clean("  Week\r\n 1:\tbasics\u200b ")).isEqualTo("Week 1: basics");
        assertThat(Names.clean("\u200b \u00ad")).isEmpty();
    }
}
