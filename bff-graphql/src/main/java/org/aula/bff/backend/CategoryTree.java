package org.aula.bff.backend;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aula.api.courses.v1.Category;
import org.jspecify.annotations.Nullable;

/// All categories.
///
/// @param inOrder parents before children, siblings in their order
/// @param byId the same by id
public record CategoryTree(List<Category> inOrder, Map<String, Category> byId) {

    static CategoryTree of(List<Category> inOrder) {
        return new CategoryTree(
                List.copyOf(inOrder),
                inOrder.stream().collect(Collectors.toUnmodifiableMap(Category::getId, Function.identity())));
    }

    /// The category of an id, if there is one.
    public @Nullable Category find(String id) {
        return byId.get(id);
    }

    /// The way to a category from the top, itself last.
    public List<Category> path(Category category) {
        var path = new ArrayDeque<Category>();
        for (@Nullable Category at = category; at != null; at = byId.get(at.getParentId())) {
            path.addFirst(at);
        }
        return List.copyOf(path);
    }

    /// What lies right below a category, in order.
    public List<Category> children(String parentId) {
        return inOrder.stream()
                .filter(category -> category.getParentId().equals(parentId))
                .toList();
    }
}
