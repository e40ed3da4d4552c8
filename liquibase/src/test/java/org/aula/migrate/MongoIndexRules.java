package org.aula.migrate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.aula.migrate.MongoIndexes.Index;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/// What MongoDB 8 refuses of an index, at its creation or at the first document, and the local engine
/// takes.
final class MongoIndexRules {

    private static final int MAX_FIELDS = 32;
    private static final int MAX_INDEXES = 64;
    private static final Set<Object> KINDS = Set.of("text", "hashed", "2d", "2dsphere");
    private static final Set<String> OPTIONS = Set.of(
            "name",
            "unique",
            "sparse",
            "hidden",
            "expireAfterSeconds",
            "partialFilterExpression",
            "collation",
            "weights",
            "default_language",
            "language_override",
            "wildcardProjection");
    private static final Set<String> FILTERS =
            Set.of("$and", "$or", "$in", "$eq", "$exists", "$gt", "$gte", "$lt", "$lte", "$type");

    private MongoIndexRules() {}

    /// What is wrong with the indexes of some collections, each on its own and side by side.
    static List<String> broken(List<Index> indexes) {
        List<String> broken = new ArrayList<>();
        for (Index index : indexes) {
            for (String wrong : alone(index)) {
                broken.add(index.collection() + " " + index.keys().toJson() + ": " + wrong);
            }
            List<Index> others = indexes.stream()
                    .filter(other -> other != index && other.collection().equals(index.collection()))
                    .toList();
            broken.addAll(besideOthers(index, others));
        }
        return broken;
    }

    private static List<String> alone(Index index) {
        List<String> wrong = new ArrayList<>();
        wrongKeys(index.keys(), wrong);
        wrongOptions(index, wrong);
        wrongTimeToLive(index, wrong);
        Set<String> arrays = new LinkedHashSet<>();
        index.keys().keySet().forEach(path -> addArray(path, index.schema(), arrays));
        if (arrays.size() > 1) {
            wrong.add("parallel arrays " + String.join(", ", arrays));
        }
        return wrong;
    }

    private static void wrongKeys(Document keys, List<String> wrong) {
        if (keys.isEmpty() || keys.size() > MAX_FIELDS) {
            wrong.add("1 to " + MAX_FIELDS + " fields");
        }
        keys.forEach((path, kind) -> {
            boolean direction = kind instanceof Number number && number.doubleValue() != 0;
            if (!direction && !KINDS.contains(kind)) {
                wrong.add(path + " is neither a direction nor a kind: " + kind);
            }
            if (path.isEmpty() || path.startsWith("$") || path.startsWith(".") || path.endsWith(".")) {
                wrong.add("no path: '" + path + "'");
            }
        });
        if (keys.values().stream().filter("hashed"::equals).count() > 1) {
            wrong.add("more than one hashed field");
        }
    }

    private static void wrongOptions(Index index, List<String> wrong) {
        Document options = index.options();
        Set<String> paths = index.keys().keySet();
        options.keySet().stream()
                .filter(option -> !OPTIONS.contains(option))
                .forEach(option -> wrong.add("unknown option " + option));
        Document filter = options.get("partialFilterExpression", Document.class);
        if (filter != null) {
            wrongFilter(filter, wrong);
            if (options.containsKey("sparse")) {
                wrong.add("both sparse and partial");
            }
        }
        boolean special = filter != null || options.containsKey("sparse") || options.containsKey("unique");
        if (paths.equals(Set.of("_id")) && special) {
            wrong.add("the index of _id takes no options");
        }
        if (options.getBoolean("unique", false)
                && index.keys().values().stream().anyMatch(KINDS::contains)
                && !index.keys().containsValue("2dsphere")) {
            wrong.add("unique, but not by directions");
        }
    }

    /// Operators of a partial index's filter; `{$exists: false}` is none of them.
    private static void wrongFilter(Document filter, List<String> wrong) {
        filter.forEach((key, value) -> {
            if (key.startsWith("$") && !FILTERS.contains(key)) {
                wrong.add("a partial index knows no " + key);
            }
            if (key.equals("$exists") && !Boolean.TRUE.equals(value)) {
                wrong.add("a partial index knows $exists: true only");
            }
            if (value instanceof Document inner) {
                wrongFilter(inner, wrong);
            }
            if (value instanceof List<?> list) {
                list.stream().filter(Document.class::isInstance).forEach(part -> wrongFilter((Document) part, wrong));
            }
        });
    }

    private static void wrongTimeToLive(Index index, List<String> wrong) {
        if (!(index.options().get("expireAfterSeconds") instanceof Number seconds)) {
            return;
        }
        if (seconds.longValue() < 0 || seconds.longValue() > Integer.MAX_VALUE) {
            wrong.add("expireAfterSeconds is not between 0 and " + Integer.MAX_VALUE);
        }
        if (index.keys().size() != 1) {
            wrong.add("a time to live, but more than one field");
            return;
        }
        String path = index.keys().keySet().iterator().next();
        if (path.equals("_id")) {
            wrong.add("a time to live on _id");
        } else if (!types(field(path, index.schema())).contains("date")) {
            // MongoDB takes it and never deletes anything.
            wrong.add("a time to live on " + path + ", which is no date");
        }
    }

    private static List<String> besideOthers(Index index, List<Index> others) {
        List<String> wrong = new ArrayList<>();
        if (others.size() + 2 > MAX_INDEXES) {
            wrong.add(index.collection() + ": more than " + MAX_INDEXES + " indexes");
        }
        for (Index other : others) {
            if (index.options().get("name", "").equals(other.options().get("name", "-"))) {
                wrong.add(index.collection() + ": two indexes are named "
                        + index.options().getString("name"));
            }
            boolean sameOrder = List.copyOf(index.keys().entrySet())
                    .equals(List.copyOf(other.keys().entrySet()));
            if (sameOrder && unnamed(index.options()).equals(unnamed(other.options()))) {
                wrong.add(index.collection() + ": two indexes have the keys "
                        + index.keys().toJson());
            }
        }
        return wrong;
    }

    /// What makes two indexes of the same keys different ones.
    private static Document unnamed(Document options) {
        Document rest = new Document(options);
        rest.remove("name");
        rest.remove("expireAfterSeconds");
        rest.remove("hidden");
        return rest;
    }

    /// The first part of a path that is a list.
    private static void addArray(String path, Document schema, Set<String> arrays) {
        for (int end = path.indexOf('.'); ; end = path.indexOf('.', end + 1)) {
            String part = end < 0 ? path : path.substring(0, end);
            if (types(field(part, schema)).contains("array")) {
                arrays.add(part);
                return;
            }
            if (end < 0) {
                return;
            }
        }
    }

    private static @Nullable Document field(String path, Document schema) {
        Document found = schema;
        for (String name : path.split("\\.")) {
            Document items = found.get("items", Document.class);
            Document properties = (items == null ? found : items).get("properties", Document.class);
            if (properties == null || !(properties.get(name) instanceof Document next)) {
                return null;
            }
            found = next;
        }
        return found;
    }

    private static List<?> types(@Nullable Document field) {
        if (field == null) {
            return List.of();
        }
        Object type = field.get("bsonType");
        return type instanceof List<?> several ? several : type == null ? List.of() : List.of(type);
    }
}
