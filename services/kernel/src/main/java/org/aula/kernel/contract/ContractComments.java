package org.aula.kernel.contract;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the contract's comments say, and which reasons the comments of its methods list.
public final class ContractComments {

    private static final String COMMON = "aula.common.v1";
    private static final String PREFIX = "ERROR_REASON_";
    private static final String REASONS = "Reasons:";
    private static final Map<String, String> BY_NAME = load();
    private static final Map<String, Map<String, Reason>> REASONS_BY_PACKAGE = loadReasons();

    /// A reason of an error.
    ///
    /// @param name without its prefix, such as `COURSE_NOT_FOUND`
    /// @param code the canonical code that it comes with, such as `NOT_FOUND`; empty for the one never sent
    /// @param text when it comes
    public record Reason(String name, String code, String text) {}

    private ContractComments() {}

    /// The comment of a service, a method, a message, a field, an enumeration or a value of one, without its
    /// line breaks.
    public static String of(GenericDescriptor described) {
        return BY_NAME.getOrDefault(nameOf(described), "");
    }

    /// A method's comment without its reasons.
    public static String textOf(MethodDescriptor method) {
        var comment = of(method);
        var begin = comment.indexOf(REASONS);
        return begin < 0 ? comment : comment.substring(0, begin).strip();
    }

    /// The reasons that a method's comment lists: of its own domain, common ones, and those of other domains
    /// that are passed on.
    public static List<Reason> reasonsOf(MethodDescriptor method) {
        var comment = of(method);
        var begin = comment.indexOf(REASONS);
        if (begin < 0) {
            return List.of();
        }
        var reasons = new ArrayList<Reason>();
        for (var word : comment.substring(begin + REASONS.length())
                .replaceAll("\\([^)]*\\)", "")
                .split("[^A-Z0-9_]+")) {
            var reason = reason(method.getFile().getPackage(), word);
            if (reason != null && !reasons.contains(reason)) {
                reasons.add(reason);
            }
        }
        return List.copyOf(reasons);
    }

    /// The reasons of a package's `ErrorReason`, in its order, without the one that is never sent.
    public static List<Reason> reasonsOf(String packageName) {
        return List.copyOf(
                REASONS_BY_PACKAGE.getOrDefault(packageName, Map.of()).values());
    }

    private static @Nullable Reason reason(String packageName, String name) {
        for (var first : List.of(packageName, COMMON)) {
            var known = REASONS_BY_PACKAGE.getOrDefault(first, Map.of()).get(name);
            if (known != null) {
                return known;
            }
        }
        return REASONS_BY_PACKAGE.values().stream()
                .map(reasons -> reasons.get(name))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static Map<String, Map<String, Reason>> loadReasons() {
        var packages = new HashMap<String, Map<String, Reason>>();
        for (EnumDescriptor type : ContractFiles.enums()) {
            if (type.getName().equals("ErrorReason")) {
                var reasons = new LinkedHashMap<String, Reason>();
                for (var value : type.getValues()) {
                    if (value.getNumber() != 0) {
                        var name = value.getName().substring(PREFIX.length());
                        reasons.put(name, read(name, of(value)));
                    }
                }
                packages.put(type.getFile().getPackage(), reasons);
            }
        }
        return Map.copyOf(packages);
    }

    /// The comment of a reason begins with its code.
    private static Reason read(String name, String comment) {
        var end = comment.indexOf(": ");
        return end < 0
                ? new Reason(name, "", comment)
                : new Reason(name, comment.substring(0, end), comment.substring(end + 2));
    }

    /// A value's full name lies beside its enumeration, where another enumeration may have one of that name.
    private static String nameOf(GenericDescriptor described) {
        return switch (described) {
            case EnumValueDescriptor value -> value.getType().getFullName() + "/" + value.getName();
            case FieldDescriptor field -> field.getContainingType().getFullName() + "/" + field.getName();
            default -> described.getFullName();
        };
    }

    private static Map<String, String> load() {
        var comments = new HashMap<String, String>();
        for (var file : ContractFiles.files()) {
            var proto = file.toProto();
            var names = new HashMap<List<Integer>, String>();
            name(proto, names);
            for (var location : proto.getSourceCodeInfo().getLocationList()) {
                var name = names.get(location.getPathList());
                if (name != null && location.hasLeadingComments()) {
                    comments.put(name, location.getLeadingComments().strip().replaceAll("\\s*\\n\\s*", " "));
                }
            }
        }
        return Map.copyOf(comments);
    }

    private static void name(FileDescriptorProto file, Map<List<Integer>, String> names) {
        var prefix = file.getPackage() + ".";
        for (int index = 0; index < file.getServiceCount(); index++) {
            var service = file.getService(index);
            var path = List.of(FileDescriptorProto.SERVICE_FIELD_NUMBER, index);
            names.put(path, prefix + service.getName());
            for (int method = 0; method < service.getMethodCount(); method++) {
                names.put(
                        longer(path, 2, method),
                        prefix + service.getName() + "."
                                + service.getMethod(method).getName());
            }
        }
        for (int index = 0; index < file.getEnumTypeCount(); index++) {
            var type = file.getEnumType(index);
            name(type, prefix, List.of(FileDescriptorProto.ENUM_TYPE_FIELD_NUMBER, index), names);
        }
        for (int index = 0; index < file.getMessageTypeCount(); index++) {
            name(
                    file.getMessageType(index),
                    prefix,
                    List.of(FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER, index),
                    names);
        }
    }

    private static void name(
            DescriptorProto message, String prefix, List<Integer> path, Map<List<Integer>, String> names) {
        var name = prefix + message.getName();
        names.put(path, name);
        for (int index = 0; index < message.getFieldCount(); index++) {
            names.put(
                    longer(path, DescriptorProto.FIELD_FIELD_NUMBER, index),
                    name + "/" + message.getField(index).getName());
        }
        for (int index = 0; index < message.getEnumTypeCount(); index++) {
            name(
                    message.getEnumType(index),
                    name + ".",
                    longer(path, DescriptorProto.ENUM_TYPE_FIELD_NUMBER, index),
                    names);
        }
        for (int index = 0; index < message.getNestedTypeCount(); index++) {
            name(
                    message.getNestedType(index),
                    name + ".",
                    longer(path, DescriptorProto.NESTED_TYPE_FIELD_NUMBER, index),
                    names);
        }
    }

    private static void name(
            EnumDescriptorProto type, String prefix, List<Integer> path, Map<List<Integer>, String> names) {
        names.put(path, prefix + type.getName());
        for (int index = 0; index < type.getValueCount(); index++) {
            names.put(
                    longer(path, 2, index),
                    prefix + type.getName() + "/" + type.getValue(index).getName());
        }
    }

    private static List<Integer> longer(List<Integer> path, int field, int index) {
        var longer = new ArrayList<>(path);
        longer.add(field);
        longer.add(index);
        return List.copyOf(longer);
    }
}
