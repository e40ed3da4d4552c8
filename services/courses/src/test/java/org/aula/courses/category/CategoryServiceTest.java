package org.aula.courses.category;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.List;
import org.aula.api.courses.v1.Category;
import org.aula.api.courses.v1.CreateCategoryRequest;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.api.courses.v1.ListCategoriesRequest;
import org.aula.courses.Campus;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CategoryServiceTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses");

    private final Campus campus = new Campus(platform);

    @Test
    void listsTheTreeInItsOrderPageByPage() {
        var name = "Arts " + Campus.newId();
        var top = create(name, "", 1).getId();
        var second = create("Second", top, 2);
        var first = create("First", top, 1);
        var below = create("Below", first.getId(), 0);

        var listed = listAll(2);

        assertThat(listed)
                .extracting(Category::getId)
                .containsSubsequence(top, first.getId(), below.getId(), second.getId());
        assertThat(listed).extracting(Category::getId).doesNotHaveDuplicates();
    }

    @Test
    void givesEachASlugOfItsOwn() {
        var one = create("Pottery", create("One " + Campus.newId(), "", 0).getId(), 0);
        var two = create("Pottery", create("Two " + Campus.newId(), "", 0).getId(), 0);
        assertThat(List.of(one.getSlug(), two.getSlug())).containsExactly("pottery", "pottery-2");
    }

    @Test
    void refusesANameThatTheParentHas() throws Exception {
        var name = "Taken " + Campus.newId();
        create(name, "", 0);
        Refusal.expect(
                Code.ALREADY_EXISTS,
                ErrorReason.ERROR_REASON_CATEGORY_NAME_TAKEN,
                () -> create(name.toUpperCase(java.util.Locale.ROOT), "", 0));
    }

    @Test
    void refusesAParentThatDoesNotExist() throws Exception {
        Refusal.expect(
                Code.NOT_FOUND, ErrorReason.ERROR_REASON_CATEGORY_NOT_FOUND, () -> create("Orphan", Campus.newId(), 0));
    }

    @Test
    void isForThoseWhoHoldThePermission() throws Exception {
        Refusal.expect(
                Code.PERMISSION_DENIED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_PERMISSION_MISSING,
                () -> campus.categories(campus.author()).createCategory(request("Mine", "", 0)));
    }

    private Category create(String name, String parentId, int place) {
        return campus.categories(campus.administrator())
                .createCategory(request(name, parentId, place))
                .getCategory();
    }

    private static CreateCategoryRequest request(String name, String parentId, int place) {
        return CreateCategoryRequest.newBuilder()
                .setRequestId(Campus.newId())
                .setName(name)
                .setParentId(parentId)
                .setSortOrder(place)
                .build();
    }

    private List<Category> listAll(int pageSize) {
        var stub = campus.categories(campus.learner());
        var all = new ArrayList<Category>();
        var token = "";
        do {
            var page = stub.listCategories(ListCategoriesRequest.newBuilder()
                    .setPageSize(pageSize)
                    .setPageToken(token)
                    .build());
            all.addAll(page.getCategoriesList());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return all;
    }
}
