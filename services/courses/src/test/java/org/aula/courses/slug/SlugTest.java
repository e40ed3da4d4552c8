package org.aula.courses.slug;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class SlugTest {

    @Test
    void joinsWordsByHyphensWithoutAccents() {
        assertThat(Slug.of("  Économie & gestion: l'essentiel! ", "course").text())
                .isEqualTo("economie-gestion-l-essentiel");
    }

    @Test
    void keepsLettersOfAnyScript() {
        assertThat(Slug.of("Введение в базы данных", "course").text()).isEqualTo("введение-в-базы-данных");
        assertThat(Slug.of("데이터베이스 입문", "course").text()).isEqualTo("데이터베이스-입문");
    }

    @Test
    void fallsBackWhenNothingIsLeft() {
        assertThat(Slug.of("!!!", "course").text()).isEqualTo("course");
    }

    @Test
    void isCutWithoutAHyphenAtItsEnd() {
        assertThat(Slug.of("a".repeat(99) + " b", "course").text()).isEqualTo("a".repeat(99));
    }

    @Test
    void countsItsCandidatesOn() {
        var slug = Slug.of("Java", "course");
        assertThat(slug.candidates(0)).startsWith("java", "java-2", "java-3");
        assertThat(slug.candidates(1)).startsWith("java-51");
    }
}
