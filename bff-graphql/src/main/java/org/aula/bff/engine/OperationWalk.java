package org.aula.bff.engine;

import graphql.introspection.Introspection;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Walks what an operation selects, as if its fragments were written out, each field with its definition.
/// How much that is was bounded before (`DocumentShape`).
///
/// @param <S> what is known of the place that a field is selected at
final class OperationWalk<S> {

    /// Looks at what is selected.
    interface Visitor<S> {

        /// A field.
        ///
        /// @param around what is known of its place
        /// @return the same for the fields inside of it
        S field(Field field, GraphQLFieldDefinition definition, GraphQLCompositeType parent, S around);

        /// A fragment.
        ///
        /// @param on the type that it is for
        /// @param around what is known of the place that it is selected at
        /// @return the same for what is selected in it
        default S fragment(GraphQLCompositeType on, S around) {
            return around;
        }

        /// Anything that is selected, before a field is looked at.
        default void selection(Selection<?> selection) {}
    }

    private final GraphQLSchema schema;
    private final Function<String, @Nullable FragmentDefinition> fragments;
    private final Visitor<S> visitor;

    OperationWalk(GraphQLSchema schema, Function<String, @Nullable FragmentDefinition> fragments, Visitor<S> visitor) {
        this.schema = schema;
        this.fragments = fragments;
        this.visitor = visitor;
    }

    /// @param around what is known of the root
    void walk(OperationDefinition operation, S around) {
        var root = switch (operation.getOperation()) {
            case QUERY -> schema.getQueryType();
            case MUTATION -> schema.getMutationType();
            case SUBSCRIPTION -> schema.getSubscriptionType();
        };
        if (root != null) {
            walk(operation.getSelectionSet(), root, around);
        }
    }

    private void walk(@Nullable SelectionSet selectionSet, GraphQLCompositeType parent, S around) {
        if (selectionSet == null) {
            return;
        }
        for (var selection : selectionSet.getSelections()) {
            visitor.selection(selection);
            switch (selection) {
                case Field field -> walk(field, parent, around);
                case InlineFragment inline -> {
                    var condition = inline.getTypeCondition();
                    if (condition == null) {
                        walk(inline.getSelectionSet(), parent, around);
                    } else {
                        fragment(inline.getSelectionSet(), condition.getName(), around);
                    }
                }
                case FragmentSpread spread -> {
                    var fragment = fragments.apply(spread.getName());
                    if (fragment != null) {
                        fragment(
                                fragment.getSelectionSet(),
                                fragment.getTypeCondition().getName(),
                                around);
                    }
                }
                default -> throw new IllegalStateException("an unknown selection: " + selection);
            }
        }
    }

    private void fragment(SelectionSet selectionSet, String condition, S around) {
        var on = composite(condition);
        walk(selectionSet, on, visitor.fragment(on, around));
    }

    private void walk(Field field, GraphQLCompositeType parent, S around) {
        var definition = definition(field, parent);
        if (definition != null) {
            var inside = visitor.field(field, definition, parent, around);
            if (GraphQLTypeUtil.unwrapAll(definition.getType()) instanceof GraphQLCompositeType type) {
                walk(field.getSelectionSet(), type, inside);
            }
        }
    }

    /// Null of `__typename`.
    private @Nullable GraphQLFieldDefinition definition(Field field, GraphQLCompositeType parent) {
        if (field.getName().equals(Introspection.SchemaMetaFieldDef.getName())) {
            return schema.getIntrospectionSchemaFieldDefinition();
        }
        if (field.getName().equals(Introspection.TypeMetaFieldDef.getName())) {
            return schema.getIntrospectionTypeFieldDefinition();
        }
        return parent instanceof GraphQLFieldsContainer container
                ? container.getFieldDefinition(field.getName())
                : null;
    }

    private GraphQLCompositeType composite(String name) {
        if (schema.getType(name) instanceof GraphQLCompositeType type) {
            return type;
        }
        throw new IllegalStateException("a fragment on " + name + " was not refused by validation");
    }
}
