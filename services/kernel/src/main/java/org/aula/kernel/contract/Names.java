package org.aula.kernel.contract;

import build.buf.validate.ValidateProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.aula.api.options.v1.Rules;

/// Texts that people read on one line, which the contract marks by its rule `name`.
public final class Names {

    /// What the rule refuses, as regular expressions of Java say it.
    private static final Pattern REFUSED = Pattern.compile(
            "[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Co}\\u00AD\\u034F\\u061C\\u115F\\u1160\\u180E\\u200B\\u200E\\u200F"
                    + "\\u202A-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF9-\\uFFFB]");

    private static final Pattern SEEN = Pattern.compile("[\\p{L}\\p{N}\\p{P}\\p{S}]");

    private static final Map<Descriptor, Fields> FIELDS = new ConcurrentHashMap<>();

    /// Where names are in a message.
    ///
    /// @param own fields with the rule
    /// @param nested fields of messages in which there are some, at any depth
    private record Fields(List<FieldDescriptor> own, List<FieldDescriptor> nested) {}

    private Names() {}

    /// A message as it is validated: without space around its names, at any depth.
    ///
    /// @return the same when there is none
    public static Message strip(Message message) {
        var fields = FIELDS.computeIfAbsent(message.getDescriptorForType(), Names::fields);
        Message.Builder changed = null;
        for (var field : fields.own()) {
            var text = (String) message.getField(field);
            var stripped = strip(text);
            if (stripped.length() != text.length()) {
                changed = (changed == null ? message.toBuilder() : changed).setField(field, stripped);
            }
        }
        for (var field : fields.nested()) {
            int count = field.isRepeated() ? message.getRepeatedFieldCount(field) : message.hasField(field) ? 1 : 0;
            for (int index = 0; index < count; index++) {
                var inner = (Message)
                        (field.isRepeated() ? message.getRepeatedField(field, index) : message.getField(field));
                var stripped = strip(inner);
                if (stripped != inner) {
                    changed = changed == null ? message.toBuilder() : changed;
                    if (field.isRepeated()) {
                        changed.setRepeatedField(field, index, stripped);
                    } else {
                        changed.setField(field, stripped);
                    }
                }
            }
        }
        return changed == null ? message : changed.build();
    }

    /// A text that comes from elsewhere than a request, such as an imported file, as the rule takes it:
    /// lines become one, what the rule refuses is left out; empty when nothing is left to be seen.
    public static String clean(String text) {
        var oneLine = text.replaceAll("[\\s\\u0085\\u2028\\u2029]+", " ");
        var clean = strip(REFUSED.matcher(oneLine).replaceAll(""));
        return SEEN.matcher(clean).find() ? clean : "";
    }

    /// Without any kind of space around it, the no-break ones too.
    static String strip(String text) {
        IntPredicate isSpace = letter -> Character.isWhitespace(letter) || Character.isSpaceChar(letter);
        int begin = 0;
        int end = text.length();
        while (begin < end && isSpace.test(text.charAt(begin))) {
            begin++;
        }
        while (begin < end && isSpace.test(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(begin, end);
    }

    private static Fields fields(Descriptor message) {
        return new Fields(
                message.getFields().stream().filter(Names::isName).toList(),
                message.getFields().stream()
                        .filter(field -> hasNames(field, new HashSet<>()))
                        .toList());
    }

    private static boolean hasNames(FieldDescriptor field, Set<Descriptor> seen) {
        if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE
                || field.isMapField()
                || !seen.add(field.getMessageType())) {
            return false;
        }
        return field.getMessageType().getFields().stream().anyMatch(inner -> isName(inner) || hasNames(inner, seen));
    }

    /// Whether the contract says that a field is a name.
    public static boolean isName(FieldDescriptor field) {
        return !field.isRepeated()
                && field.getOptions()
                        .getExtension(ValidateProto.field)
                        .getString()
                        .getExtension(Rules.name);
    }
}
