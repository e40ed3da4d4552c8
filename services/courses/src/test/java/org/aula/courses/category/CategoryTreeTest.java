package org.aula.courses.category;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import io.grpc.Status.Code;
import java.util.List;
import org.aula.api.courses.v1.Category;
import org.aula.api.courses.v1.DeleteCategoryRequest;
import org.aula.api.courses.v1.ErrorReason;
import org.aula.api.courses.v1.GetCategoryRequest;
import org.aula.api.courses.v1.ListCategoriesRequest;
import org.aula.api.courses.v1.ReorderCategoriesRequest;
import org.aula.api.courses.v1.UpdateCategoryRequest;
import org.aula.courses.Campus;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CategoryTreeTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("courses");

    private final Campus campus = new Campus(platform);
    private final TestUser administrator = campus.administrator();

    @Test
    void changesOnlyWhatTheMaskNamesAndKeepsTheSlug() throws Exception {
        var id = top("Before");
        var before = get(id);
        var request = UpdateCategoryRequest.newBuilder()
                .setCategoryId(id)
                .setEtag(before.getEtag())
                .setUpdateMask(mask("name", "icon_url"))
                .setName(before.getName() + " renamed")
                .setDescription("ignored")
                .setIconUrl("https://example.org/icon.svg")
                .build();
        var after = update(request);
        assertThat(after.getName()).endsWith(" renamed");
        assertThat(after.getSlug()).isEqualTo(before.getSlug());
        assertThat(after.getDescription()).isEmpty();
        assertThat(after.getIconUrl()).isEqualTo("https://example.org/icon.svg");
        assertThat(get(id)).isEqualTo(after);
        assertThat(update(request)).as("the same again").isEqualTo(after);
        Refusal.expect(
                Code.ABORTED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_ETAG_MISMATCH,
                () -> update(request.toBuilder().setIconUrl("").build()));
    }

    @Test
    void refusesNamesThatAreTakenOrEmptyWhereverItMoves() throws Exception {
        var parent = top("Parent");
        campus.category("Taken", parent);
        var other = campus.category("Other", parent);
        Refusal.expect(
                Code.ALREADY_EXISTS,
                ErrorReason.ERROR_REASON_CATEGORY_NAME_TAKEN,
                () -> update(UpdateCategoryRequest.newBuilder()
                        .setCategoryId(other)
                        .setUpdateMask(mask("name"))
                        .setName("TAKEN")
                        .build()));
        var elsewhere = campus.category("taken", top("Elsewhere"));
        Refusal.expect(
                Code.ALREADY_EXISTS, ErrorReason.ERROR_REASON_CATEGORY_NAME_TAKEN, () -> move(elsewhere, parent));
        var empty = Refusal.of(() -> update(UpdateCategoryRequest.newBuilder()
                .setCategoryId(other)
                .setUpdateMask(mask("name"))
                .setName(" ")
                .build()));
        assertThat(empty.fields()).containsExactly("name");
    }

    @Test
    void neverLiesBelowItself() throws Exception {
        var top = top("Top");
        var below = campus.category("Below", campus.category("Between", top));
        for (var parent : List.of(top, below)) {
            var refusal = Refusal.expect(
                    Code.INVALID_ARGUMENT, ErrorReason.ERROR_REASON_CATEGORY_CYCLE, () -> move(top, parent));
            assertThat(refusal.fields()).containsExactly("parent_id");
        }
        assertThat(move(below, "").getParentId()).isEmpty();
        assertThat(move(top, below).getParentId()).isEqualTo(below);
    }

    @Test
    void makesNoCircleOfTwoMovesAtOnce() throws Exception {
        for (var round = 0; round < 10; round++) {
            var one = top("One");
            var two = top("Two");
            var refused = Campus.refusedOfAtOnce(List.of(() -> move(one, two), () -> move(two, one)));
            assertThat(refused)
                    .singleElement()
                    .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo("CATEGORY_CYCLE"));
        }
    }

    @Test
    void isTenLevelsDeepAtMost() throws Exception {
        var deepest = top("Level 1");
        for (var level = 2; level <= 10; level++) {
            deepest = campus.category("Level " + level, deepest);
        }
        var tenth = deepest;
        var refusal = Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_CATEGORY_TOO_DEEP,
                () -> campus.category("Level 11", tenth));
        assertThat(refusal.metadata()).containsEntry("limit", "10");
        var tree = top("Tree");
        campus.category("Leaf", tree);
        var ninth = get(tenth).getParentId();
        Refusal.expect(Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_CATEGORY_TOO_DEEP, () -> move(tree, ninth));
        assertThat(move(tree, get(ninth).getParentId()).getParentId()).isNotEmpty();
    }

    @Test
    void isDeletedWhenNothingIsInIt() throws Exception {
        var parent = top("Parent");
        var child = campus.category("Child", parent);
        campus.courses(administrator)
                .createCourse(Campus.aCourse("In it").setCategoryId(parent).build());
        var refusal = Refusal.expect(
                Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_CATEGORY_IN_USE, () -> delete(parent, ""));
        assertThat(refusal.metadata()).containsEntry("courses", "1").containsEntry("children", "1");
        Refusal.expect(
                Code.ABORTED, org.aula.api.common.v1.ErrorReason.ERROR_REASON_ETAG_MISMATCH, () -> delete(child, "99"));
        delete(child, get(child).getEtag());
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_CATEGORY_NOT_FOUND, () -> get(child));
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_CATEGORY_NOT_FOUND, () -> delete(child, ""));
    }

    @Test
    void isHiddenFromVisitorsWithAllBelowItWhileItIsNotActive() throws Exception {
        var top = top("Hidden");
        var below = campus.category("Below", top);
        update(UpdateCategoryRequest.newBuilder()
                .setCategoryId(top)
                .setUpdateMask(mask("active"))
                .build());
        var learner = campus.categories(campus.learner());
        for (var id : List.of(top, below)) {
            Refusal.expect(
                    Code.NOT_FOUND, ErrorReason.ERROR_REASON_CATEGORY_NOT_FOUND, () -> learner.getCategory(byId(id)));
        }
        var request = ListCategoriesRequest.newBuilder().setPageSize(500).build();
        assertThat(learner.listCategories(request).getCategoriesList())
                .extracting(Category::getId)
                .doesNotContain(top, below);
        assertThat(campus.categories(administrator).listCategories(request).getCategoriesList())
                .extracting(Category::getId)
                .containsSubsequence(top, below);
        assertThat(get(top).getActive()).isFalse();
    }

    @Test
    void isFoundByItsSlug() {
        var category = get(top("Slugged"));
        assertThat(campus.categories(campus.learner())
                        .getCategory(GetCategoryRequest.newBuilder()
                                .setSlug(category.getSlug())
                                .build())
                        .getCategory())
                .isEqualTo(category);
    }

    @Test
    void putsAllChildrenIntoTheOrderGivenInConstantStatements() throws Exception {
        var parent = top("Ordered");
        var one = campus.category("One", parent);
        var two = campus.category("Two", parent);
        var three = campus.category("Three", parent);
        assertThat(reorder(parent, three, one, two)).extracting(Category::getId).containsExactly(three, one, two);
        assertThat(reorder(parent, three, one, two))
                .extracting(Category::getSortOrder)
                .containsExactly(0, 1, 2);

        var missing = Refusal.expect(
                Code.INVALID_ARGUMENT,
                ErrorReason.ERROR_REASON_ORDER_INCOMPLETE,
                () -> reorder(parent, three, Campus.newId()));
        assertThat(missing.metadata()).containsEntry("missing", "2").containsEntry("unknown", "1");
        assertThat(missing.fields()).containsExactly("category_ids");
        Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_CATEGORY_NOT_FOUND, () -> reorder(Campus.newId(), one));

        var ofThree = platform.statements("courses", () -> reorder(parent, two, one, three));
        var four = campus.category("Four", parent);
        var ofFour = platform.statements("courses", () -> reorder(parent, four, three, one, two));
        assertThat(ofFour).isEqualTo(ofThree);
    }

    @Test
    void isChangedByThoseWhoHoldThePermission() throws Exception {
        var id = top("Theirs");
        var author = campus.categories(campus.author());
        List<Refusal.Call> calls = List.of(
                () -> author.updateCategory(UpdateCategoryRequest.newBuilder()
                        .setCategoryId(id)
                        .setUpdateMask(mask("active"))
                        .build()),
                () -> author.deleteCategory(
                        DeleteCategoryRequest.newBuilder().setCategoryId(id).build()),
                () -> author.reorderCategories(
                        ReorderCategoriesRequest.newBuilder().addCategoryIds(id).build()));
        for (var call : calls) {
            Refusal.expect(
                    Code.PERMISSION_DENIED, org.aula.api.common.v1.ErrorReason.ERROR_REASON_PERMISSION_MISSING, call);
        }
    }

    private String top(String name) {
        return campus.category(name + " " + Campus.newId(), "");
    }

    private Category get(String id) {
        return campus.categories(administrator).getCategory(byId(id)).getCategory();
    }

    private static GetCategoryRequest byId(String id) {
        return GetCategoryRequest.newBuilder().setCategoryId(id).build();
    }

    private Category update(UpdateCategoryRequest request) {
        return campus.categories(administrator).updateCategory(request).getCategory();
    }

    private Category move(String id, String parentId) {
        return update(UpdateCategoryRequest.newBuilder()
                .setCategoryId(id)
                .setUpdateMask(mask("parent_id"))
                .setParentId(parentId)
                .build());
    }

    private Object delete(String id, String etag) {
        return campus.categories(administrator)
                .deleteCategory(DeleteCategoryRequest.newBuilder()
                        .setCategoryId(id)
                        .setEtag(etag)
                        .build());
    }

    private List<Category> reorder(String parentId, String... ids) {
        return campus.categories(administrator)
                .reorderCategories(ReorderCategoriesRequest.newBuilder()
                        .setParentId(parentId)
                        .addAllCategoryIds(List.of(ids))
                        .build())
                .getCategoriesList();
    }

    private static FieldMask mask(String... fields) {
        return FieldMask.newBuilder().addAllPaths(List.of(fields)).build();
    }
}
