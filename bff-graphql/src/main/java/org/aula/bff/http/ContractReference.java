package org.aula.bff.http;

import build.buf.validate.ValidateProto;
import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.TextFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.aula.api.options.v1.Options;
import org.aula.api.options.v1.Policy;
import org.aula.kernel.contract.ContractComments;
import org.aula.kernel.contract.ContractFiles;
import org.aula.kernel.contract.ContractMethod;
import org.aula.kernel.contract.PublicContract;

/// What the reference says of the contract: the values of the template `contract.html`.
final class ContractReference {

    private static final String COMMON = "aula.common.v1";

    private ContractReference() {}

    /// Of the page that leads to the others.
    static Map<String, Object> index() {
        var values = page("The contract");
        values.put("index", true);
        values.put("allReasons", ContractComments.reasonsOf(COMMON));
        return values;
    }

    /// Of a domain's page.
    static Map<String, Object> domain(String domain) {
        var packageName = "aula." + domain + ".v1";
        var values = page(domain);
        values.put("isDomain", true);
        values.put(
                "services",
                PublicContract.services().stream()
                        .filter(service -> ContractFiles.domain(service).equals(domain))
                        .map(ContractReference::service)
                        .toList());
        values.put(
                "messages",
                PublicContract.messages().stream()
                        .filter(message -> message.getFile().getPackage().equals(packageName))
                        .flatMap(ContractReference::withNested)
                        .map(ContractReference::message)
                        .toList());
        values.put(
                "enums",
                ContractFiles.enums().stream()
                        .filter(type -> type.getFile().getPackage().equals(packageName))
                        .filter(type -> !type.getName().equals("ErrorReason"))
                        .sorted(Comparator.comparing(EnumDescriptor::getName))
                        .map(ContractReference::enumeration)
                        .toList());
        values.put("allReasons", ContractComments.reasonsOf(packageName));
        return values;
    }

    private static Map<String, Object> page(String title) {
        var values = new HashMap<String, Object>();
        values.put("title", title);
        values.put("domains", ContractFiles.domains());
        values.put("index", false);
        values.put("isDomain", false);
        return values;
    }

    private static Map<String, Object> service(ServiceDescriptor service) {
        return Map.of(
                "name", service.getFullName(),
                "text", ContractComments.of(service),
                "methods",
                        service.getMethods().stream()
                                .filter(method -> !ContractMethod.of(method).isForServicesOnly())
                                .map(ContractReference::method)
                                .toList());
    }

    private static Map<String, Object> method(MethodDescriptor descriptor) {
        var method = ContractMethod.of(descriptor);
        var reasons = ContractComments.reasonsOf(descriptor);
        var values = new HashMap<String, Object>();
        values.put("name", descriptor.getName());
        values.put("path", method.fullName());
        values.put("text", ContractComments.textOf(descriptor));
        values.put("rest", rest(descriptor));
        values.put("policy", whoMayCall(method.policy()));
        values.put("deadline", method.deadline().toSeconds() + " s");
        values.put("repeat", repeat(method.idempotency()));
        values.put("audit", method.audit());
        values.put("request", descriptor.getInputType().getName());
        values.put("response", descriptor.getOutputType().getName());
        values.put("hasReasons", !reasons.isEmpty());
        values.put("reasons", reasons);
        values.put("unary", !descriptor.isClientStreaming() && !descriptor.isServerStreaming());
        return values;
    }

    private static List<String> rest(MethodDescriptor method) {
        if (!method.getOptions().hasExtension(AnnotationsProto.http)) {
            return List.of();
        }
        var rule = method.getOptions().getExtension(AnnotationsProto.http);
        return Stream.concat(Stream.of(rule), rule.getAdditionalBindingsList().stream())
                .map(HttpRule::getGet)
                .map("GET "::concat)
                .toList();
    }

    private static String whoMayCall(Policy policy) {
        var who = new ArrayList<String>();
        if (policy.getAnonymous()) {
            who.add("anybody");
        }
        if (policy.getSignedIn()) {
            who.add("anybody who is signed in");
        }
        if (policy.getPermissionsCount() > 0) {
            who.add("holders of " + String.join(" or ", policy.getPermissionsList()));
        }
        if (policy.getOwner()) {
            who.add("the owner");
        }
        return String.join(", ", who) + (policy.getVerified() ? "; of users those whose account is verified" : "");
    }

    private static String repeat(IdempotencyLevel level) {
        return switch (level) {
            case NO_SIDE_EFFECTS -> "reads";
            case IDEMPOTENT -> "may be sent again";
            case IDEMPOTENCY_UNKNOWN -> "not to be sent again";
        };
    }

    private static Stream<Descriptor> withNested(Descriptor message) {
        return Stream.concat(
                Stream.of(message),
                message.getNestedTypes().stream()
                        .filter(nested -> !nested.getOptions().getMapEntry())
                        .flatMap(ContractReference::withNested));
    }

    private static Map<String, Object> message(Descriptor message) {
        var event = message.getOptions().hasExtension(Options.event)
                ? message.getOptions().getExtension(Options.event).getStream()
                : "";
        return Map.of(
                "name", message.getName(),
                "text", ContractComments.of(message),
                "event", event,
                "fields",
                        message.getFields().stream()
                                .map(ContractReference::field)
                                .toList());
    }

    private static Map<String, Object> field(FieldDescriptor field) {
        var bounds = field.getOptions().hasExtension(ValidateProto.field)
                ? TextFormat.printer()
                        .emittingSingleLine(true)
                        .printToString(field.getOptions().getExtension(ValidateProto.field))
                        .strip()
                : "";
        return Map.of(
                "name", field.getJsonName(), "type", type(field), "text", ContractComments.of(field), "bounds", bounds);
    }

    private static String type(FieldDescriptor field) {
        if (field.isMapField()) {
            var entry = field.getMessageType();
            return "map<" + one(entry.findFieldByNumber(1)) + ", " + one(entry.findFieldByNumber(2)) + ">";
        }
        return field.isRepeated() ? one(field) + "[]" : one(field);
    }

    private static String one(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE -> withoutPackage(field.getMessageType().getFullName());
            case ENUM -> withoutPackage(field.getEnumType().getFullName());
            case INT, LONG, FLOAT, DOUBLE, BOOLEAN, STRING, BYTE_STRING ->
                field.getType().name().toLowerCase(Locale.ROOT);
        };
    }

    /// Without the package that most of the page has.
    private static String withoutPackage(String fullName) {
        return fullName.startsWith("aula.") ? fullName.replaceFirst("^aula\\.[a-z]+\\.v\\d+\\.", "") : fullName;
    }

    private static Map<String, Object> enumeration(EnumDescriptor type) {
        return Map.of(
                "name", type.getName(),
                "text", ContractComments.of(type),
                "values",
                        type.getValues().stream()
                                .map(value -> Map.of("name", value.getName(), "text", ContractComments.of(value)))
                                .toList());
    }
}
