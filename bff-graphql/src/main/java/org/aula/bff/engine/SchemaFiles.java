package org.aula.bff.engine;

import graphql.language.ArrayValue;
import graphql.language.BooleanValue;
import graphql.language.Description;
import graphql.language.Directive;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.ObjectTypeDefinition;
import graphql.language.StringValue;
import graphql.language.Type;
import graphql.language.TypeName;
import graphql.language.UnionTypeDefinition;
import graphql.language.Value;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeDefinitionRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The schema as its files define it: every `.graphqls` beside `graphql/common.graphqls` on the class path.
final class SchemaFiles {

    /// What the directive `@id` says of a field or an argument.
    ///
    /// @param types the types whose global ids it takes; the first is the type of the ids that it gives
    /// @param orViewer whether the viewer is meant where no id is given
    record Ids(List<String> types, boolean orViewer) {}

    private static final String MUTATION = "Mutation";
    private static final String ANY_FILE = "/graphql/common.graphqls";

    private final TypeDefinitionRegistry definitions = new TypeDefinitionRegistry();

    SchemaFiles() {
        try {
            var uri = Objects.requireNonNull(SchemaFiles.class.getResource(ANY_FILE), ANY_FILE)
                    .toURI();
            if (uri.getScheme().equals("jar")) {
                mergeArchive(uri);
            } else {
                merge(Path.of(uri));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Adds a sentence to what mutations say of themselves.
    ///
    /// @param sentence by the mutation's name
    void describeMutations(UnaryOperator<String> sentence) {
        for (var extension : List.copyOf(definitions.objectTypeExtensions().getOrDefault(MUTATION, List.of()))) {
            definitions.remove(extension);
            definitions.add(extension.transformExtension(
                    builder -> builder.fieldDefinitions(described(extension.getFieldDefinitions(), sentence))));
        }
        var type = definitions.getTypeOrNull(MUTATION, ObjectTypeDefinition.class);
        if (type != null) {
            definitions.remove(type);
            definitions.add(type.transform(
                    builder -> builder.fieldDefinitions(described(type.getFieldDefinitions(), sentence))));
        }
    }

    private static List<FieldDefinition> described(List<FieldDefinition> fields, UnaryOperator<String> sentence) {
        return fields.stream()
                .map(field -> {
                    var before = field.getDescription();
                    var text = (before == null ? "" : before.getContent() + " ") + sentence.apply(field.getName());
                    return field.transform(builder -> builder.description(new Description(text, null, false)));
                })
                .toList();
    }

    /// The definitions of all files.
    TypeDefinitionRegistry definitions() {
        return definitions;
    }

    /// The fields of every object type, those of its extensions among them.
    Map<String, List<FieldDefinition>> objects() {
        var objects = new LinkedHashMap<String, List<FieldDefinition>>();
        definitions.getTypes(ObjectTypeDefinition.class).forEach(type -> objects.put(type.getName(), fields(type)));
        return objects;
    }

    /// The interfaces and unions.
    List<String> abstractTypes() {
        return Stream.concat(
                        definitions.getTypes(InterfaceTypeDefinition.class).stream()
                                .map(type -> type.getName()),
                        definitions.getTypes(UnionTypeDefinition.class).stream().map(type -> type.getName()))
                .toList();
    }

    /// The object types that belong to an interface or a union.
    Set<String> concreteTypes() {
        var concrete = new TreeSet<String>();
        definitions.getTypes(ObjectTypeDefinition.class).stream()
                .filter(type -> !type.getImplements().isEmpty())
                .forEach(type -> concrete.add(type.getName()));
        definitions
                .getTypes(UnionTypeDefinition.class)
                .forEach(union -> union.getMemberTypes().forEach(member -> concrete.add(named(member))));
        return concrete;
    }

    /// The fields of an input type.
    List<InputValueDefinition> inputs(String type) {
        return Objects.requireNonNull(definitions.getTypeOrNull(type, InputObjectTypeDefinition.class), type)
                .getInputValueDefinitions();
    }

    /// Whether a type is one of input objects.
    boolean isInput(String type) {
        return definitions.getTypeOrNull(type, InputObjectTypeDefinition.class) != null;
    }

    /// The fields of an object type; empty if it is no object type.
    List<FieldDefinition> fields(String type) {
        var object = definitions.getTypeOrNull(type, ObjectTypeDefinition.class);
        return object == null ? List.of() : fields(object);
    }

    /// The type inside lists and exclamation marks.
    static String named(Type<?> type) {
        return switch (type) {
            case NonNullType nonNull -> named(nonNull.getType());
            case ListType list -> named(list.getType());
            case TypeName name -> name.getName();
            default -> throw new IllegalStateException("an unknown type: " + type);
        };
    }

    /// Whether a type is a list.
    static boolean isList(Type<?> type) {
        return type instanceof ListType || (type instanceof NonNullType nonNull && isList(nonNull.getType()));
    }

    /// What `@id` says; null without it.
    static @Nullable Ids ids(List<Directive> directives) {
        for (var directive : directives) {
            if (directive.getName().equals("id")) {
                var types = new ArrayList<String>();
                for (Value<?> type : ((ArrayValue) Objects.requireNonNull(directive.getArgument("of"))
                                .getValue())
                        .getValues()) {
                    types.add(((StringValue) type).getValue());
                }
                var orViewer = directive.getArgument("orViewer");
                return new Ids(
                        List.copyOf(types),
                        orViewer != null && orViewer.getValue() instanceof BooleanValue value && value.isValue());
            }
        }
        return null;
    }

    private List<FieldDefinition> fields(ObjectTypeDefinition type) {
        return Stream.concat(
                        Stream.of(type),
                        definitions.objectTypeExtensions().getOrDefault(type.getName(), List.of()).stream())
                .flatMap(part -> part.getFieldDefinitions().stream())
                .toList();
    }

    private void mergeArchive(URI uri) throws IOException {
        try (var archive = FileSystems.newFileSystem(uri, Map.of())) {
            merge(archive.getPath(ANY_FILE));
        }
    }

    private void merge(Path anyFile) throws IOException {
        try (var files = Files.list(Objects.requireNonNull(anyFile.getParent()))) {
            for (var file : files.sorted().toList()) {
                try (var reader = Files.newBufferedReader(file)) {
                    definitions.merge(new SchemaParser().parse(reader));
                }
            }
        }
    }
}
