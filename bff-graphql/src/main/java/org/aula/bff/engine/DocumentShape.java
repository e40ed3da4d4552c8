package org.aula.bff.engine;

import graphql.GraphQLError;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Measures a document as if its fragments were written out, without writing them out: each fragment is
/// measured once. It needs no schema, so that what is too large is refused before it is validated.
final class DocumentShape {

    static final int MAX_DEPTH = 15;
    /// GraphiQL asks for types of types of types.
    static final int MAX_INTROSPECTION_DEPTH = 20;

    static final int MAX_ALIASES = 50;
    static final int MAX_ROOT_ALIASES = 15;
    /// Of all operations of a document: each is validated and prepared, whichever of them runs.
    static final int MAX_SELECTIONS = 5_000;

    /// What a selection set amounts to.
    ///
    /// @param depth levels of fields
    /// @param aliases fields with an alias
    /// @param selections fields and fragments
    private record Size(int depth, long aliases, long selections) {

        static final Size NONE = new Size(0, 0, 0);

        Size and(Size other) {
            return new Size(
                    Math.max(depth, other.depth),
                    Math.min(aliases + other.aliases, Integer.MAX_VALUE),
                    Math.min(selections + other.selections, Integer.MAX_VALUE));
        }

        Size inside(Field field) {
            return new Size(depth + 1, aliases + (field.getAlias() == null ? 0 : 1), selections + 1);
        }
    }

    private static final class FragmentCycleException extends RuntimeException {
        FragmentCycleException(String fragment) {
            super("the fragment " + fragment + " contains itself", null, false, false);
        }
    }

    private final Map<String, FragmentDefinition> fragments = new HashMap<>();
    private final Map<String, Size> measured = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    private DocumentShape(Document document) {
        document.getDefinitionsOfType(FragmentDefinition.class)
                .forEach(fragment -> fragments.put(fragment.getName(), fragment));
    }

    /// Why a document is refused, if it is.
    static Optional<GraphQLError> refuse(Document document) {
        var shape = new DocumentShape(document);
        try {
            // Also those that no operation uses: validation would walk them.
            shape.fragments.values().forEach(fragment -> shape.fragment(fragment.getName()));
            var operations = document.getDefinitionsOfType(OperationDefinition.class);
            return operations.stream()
                    .map(shape::refuse)
                    .flatMap(Optional::stream)
                    .findFirst()
                    .or(() -> shape.refuseTogether(operations));
        } catch (FragmentCycleException cycle) {
            return Optional.of(Refusals.of("FRAGMENT_CYCLE", String.valueOf(cycle.getMessage())));
        }
    }

    private Optional<GraphQLError> refuse(OperationDefinition operation) {
        var size = measure(operation.getSelectionSet());
        var deepest = isIntrospection(operation) ? MAX_INTROSPECTION_DEPTH : MAX_DEPTH;
        var rootAliases = rootAliases(operation.getSelectionSet(), new HashSet<>());
        if (size.depth() > deepest) {
            return refusal("TOO_DEEP", "is " + size.depth() + " levels deep", deepest);
        }
        if (rootAliases > MAX_ROOT_ALIASES) {
            return refusal("TOO_MANY_ALIASES", "has " + rootAliases + " aliases at its root", MAX_ROOT_ALIASES);
        }
        if (size.aliases() > MAX_ALIASES) {
            return refusal("TOO_MANY_ALIASES", "has " + size.aliases() + " aliases", MAX_ALIASES);
        }
        return Optional.empty();
    }

    private Optional<GraphQLError> refuseTogether(List<OperationDefinition> operations) {
        var selections = operations.stream()
                .mapToLong(operation -> measure(operation.getSelectionSet()).selections())
                .sum();
        return selections > MAX_SELECTIONS
                ? Optional.of(Refusals.of(
                        "TOO_LARGE",
                        "the document selects " + selections + " fields and fragments in all its operations; at most "
                                + MAX_SELECTIONS + " are allowed"))
                : Optional.empty();
    }

    private static Optional<GraphQLError> refusal(String reason, String what, int most) {
        return Optional.of(Refusals.of(reason, "the operation " + what + "; at most " + most + " are allowed"));
    }

    private Size measure(@Nullable SelectionSet selectionSet) {
        var size = Size.NONE;
        if (selectionSet != null) {
            for (var selection : selectionSet.getSelections()) {
                size = size.and(measure(selection));
            }
        }
        return size;
    }

    private Size measure(Selection<?> selection) {
        return switch (selection) {
            case Field field -> measure(field.getSelectionSet()).inside(field);
            case InlineFragment inline -> measure(inline.getSelectionSet()).and(new Size(0, 0, 1));
            case FragmentSpread spread -> fragment(spread.getName()).and(new Size(0, 0, 1));
            default -> throw new IllegalStateException("an unknown selection: " + selection);
        };
    }

    private Size fragment(String name) {
        var known = measured.get(name);
        if (known != null) {
            return known;
        }
        var fragment = fragments.get(name);
        if (fragment == null) {
            return Size.NONE;
        }
        if (!open.add(name)) {
            throw new FragmentCycleException(name);
        }
        var size = measure(fragment.getSelectionSet());
        open.remove(name);
        measured.put(name, size);
        return size;
    }

    private int rootAliases(SelectionSet selectionSet, Set<String> seen) {
        var count = 0;
        for (var selection : selectionSet.getSelections()) {
            count += switch (selection) {
                case Field field -> field.getAlias() == null ? 0 : 1;
                case InlineFragment inline -> rootAliases(inline.getSelectionSet(), seen);
                case FragmentSpread spread -> spreadAliases(spread.getName(), seen);
                default -> 0;
            };
        }
        return count;
    }

    private int spreadAliases(String name, Set<String> seen) {
        var fragment = fragments.get(name);
        return fragment == null || !seen.add(name) ? 0 : rootAliases(fragment.getSelectionSet(), seen);
    }

    private static boolean isIntrospection(OperationDefinition operation) {
        return operation.getSelectionSet().getSelections().stream()
                .allMatch(selection ->
                        selection instanceof Field field && field.getName().startsWith("__"));
    }
}
