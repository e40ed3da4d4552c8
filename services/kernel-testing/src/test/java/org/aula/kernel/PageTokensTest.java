package org.aula.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.aula.api.courses.v1.CourseFilter;
import org.aula.api.courses.v1.ListCoursesRequest;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A page token opens for the list, the caller and the arguments that it was made for.
final class PageTokensTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses");

    private final ListCoursesRequest request = ListCoursesRequest.newBuilder()
            .setFilter(CourseFilter.newBuilder().setFreeOnly(true))
            .setPageSize(10)
            .build();

    @Test
    void opensWithAnotherPageSize() throws Exception {
        var token = seal();
        assertThat(open(request.toBuilder().setPageSize(50).build(), token)).contains(List.of("2026", "ñ"));
        assertThat(open(request, "")).isEmpty();
    }

    @Test
    void doesNotOpenAlteredOrForOtherArguments() throws Exception {
        var token = seal();
        var other = request.toBuilder().clearFilter().build();
        assertThatThrownBy(() -> open(other, token)).isInstanceOf(ServiceException.class);
        var altered = (token.startsWith("A") ? "B" : "A") + token.substring(1);
        assertThatThrownBy(() -> open(request, altered)).isInstanceOf(ServiceException.class);
        assertThatThrownBy(() -> open(request, token.substring(0, 10))).isInstanceOf(ServiceException.class);
        assertThatThrownBy(() -> open(request, "%%%")).isInstanceOf(ServiceException.class);
    }

    private String seal() throws Exception {
        return platform.inside("courses", () -> tokens().seal(request, List.of("2026", "ñ")));
    }

    private static java.util.Optional<List<String>> open(ListCoursesRequest request, String token) throws Exception {
        return platform.inside("courses", () -> tokens().open(request, token));
    }

    private static PageTokens tokens() {
        return platform.bean("courses", PageTokens.class);
    }
}
