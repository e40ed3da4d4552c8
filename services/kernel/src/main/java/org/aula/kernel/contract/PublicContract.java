package org.aula.kernel.contract;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.rpc.ErrorDetailsProto;
import com.google.rpc.StatusProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The contract as partners see it: without the methods that only services may call and the messages that
/// nothing but those takes and gives, with the protos that errors are made of.
public final class PublicContract {

    private static final FileDescriptorSet SET = make();

    private PublicContract() {}

    /// The descriptor set, files behind those that they import, with comments.
    public static FileDescriptorSet set() {
        return SET;
    }

    /// The services that have a method for others than services.
    public static List<ServiceDescriptor> services() {
        return ContractFiles.services("aula.").stream()
                .filter(service -> service.getMethods().stream()
                        .anyMatch(method -> !ContractMethod.of(method).isForServicesOnly()))
                .toList();
    }

    /// The messages, less those of methods for services only.
    public static List<Descriptor> messages() {
        var hidden = hiddenMessages();
        return ContractFiles.messages().stream()
                .filter(message -> !hidden.contains(message.getFullName()))
                .toList();
    }

    private static FileDescriptorSet make() {
        var files = new LinkedHashMap<String, FileDescriptorProto>();
        var hidden = hiddenMessages();
        Stream.concat(
                        ContractFiles.files().stream(),
                        Stream.of(ErrorDetailsProto.getDescriptor(), StatusProto.getDescriptor()))
                .forEach(file -> add(file, hidden, files));
        return FileDescriptorSet.newBuilder().addAllFile(files.values()).build();
    }

    private static void add(FileDescriptor file, Set<String> hidden, Map<String, FileDescriptorProto> files) {
        if (files.containsKey(file.getFullName())) {
            return;
        }
        file.getDependencies().forEach(needed -> add(needed, hidden, files));
        files.put(file.getFullName(), file.getPackage().startsWith("aula.") ? shown(file, hidden) : named(file));
    }

    /// Java's own descriptors leave out the names that fields have in JSON, and other languages do not make them.
    private static FileDescriptorProto named(FileDescriptor file) {
        var proto = file.toProto().toBuilder();
        proto.getMessageTypeBuilderList()
                .forEach(message -> name(message, file.findMessageTypeByName(message.getName())));
        return proto.build();
    }

    private static void name(DescriptorProto.Builder proto, Descriptor message) {
        proto.getFieldBuilderList()
                .forEach(field -> field.setJsonName(
                        message.findFieldByNumber(field.getNumber()).getJsonName()));
        proto.getNestedTypeBuilderList()
                .forEach(nested -> name(nested, message.findNestedTypeByName(nested.getName())));
    }

    /// The requests and responses of hidden methods that no other method, message or event names.
    private static Set<String> hiddenMessages() {
        var forServices = new HashSet<Descriptor>();
        var forOthers = new HashSet<Descriptor>();
        for (var service : ContractFiles.services("aula.")) {
            for (var method : service.getMethods()) {
                var messages = ContractMethod.of(method).isForServicesOnly() ? forServices : forOthers;
                messages.add(method.getInputType());
                messages.add(method.getOutputType());
            }
        }
        var named = ContractFiles.messages().stream()
                .flatMap(PublicContract::withNested)
                .flatMap(message -> message.getFields().stream())
                .filter(field -> field.getJavaType() == FieldDescriptor.JavaType.MESSAGE)
                .map(field -> field.getMessageType())
                .collect(Collectors.toSet());
        return forServices.stream()
                .filter(message -> !forOthers.contains(message) && !named.contains(message))
                .map(Descriptor::getFullName)
                .collect(Collectors.toSet());
    }

    private static Stream<Descriptor> withNested(Descriptor message) {
        return Stream.concat(
                Stream.of(message), message.getNestedTypes().stream().flatMap(PublicContract::withNested));
    }

    private static FileDescriptorProto shown(FileDescriptor file, Set<String> hidden) {
        var proto = file.toProto();
        var shown = proto.toBuilder().clearService().clearMessageType();
        var kept = new Kept();
        for (var message : file.getMessageTypes()) {
            if (kept.message(!hidden.contains(message.getFullName()))) {
                shown.addMessageType(proto.getMessageType(message.getIndex()));
            }
        }
        for (var service : file.getServices()) {
            var methods = proto.getService(service.getIndex()).toBuilder().clearMethod();
            var keptMethods = new ArrayList<Integer>();
            for (var method : service.getMethods()) {
                if (ContractMethod.of(method).isForServicesOnly()) {
                    keptMethods.add(-1);
                } else {
                    keptMethods.add(methods.getMethodCount());
                    methods.addMethod(proto.getService(service.getIndex()).getMethod(method.getIndex()));
                }
            }
            if (kept.service(methods.getMethodCount() > 0, keptMethods)) {
                shown.addService(methods);
            }
        }
        return shown.setSourceCodeInfo(SourceCodeInfo.newBuilder()
                        .addAllLocation(proto.getSourceCodeInfo().getLocationList().stream()
                                .flatMap(location -> kept.moved(location).stream())
                                .toList()))
                .build();
    }

    /// Where what is kept of a file lies now, so that comments stay with what they are about.
    private static final class Kept {

        private static final int METHOD = 2;

        private final List<Integer> messages = new ArrayList<>();
        private final List<Integer> services = new ArrayList<>();
        private final List<List<Integer>> methods = new ArrayList<>();
        private int messageCount;
        private int serviceCount;

        boolean message(boolean stays) {
            messages.add(stays ? messageCount++ : -1);
            return stays;
        }

        boolean service(boolean stays, List<Integer> ofMethods) {
            services.add(stays ? serviceCount++ : -1);
            methods.add(ofMethods);
            return stays;
        }

        Optional<Location> moved(Location location) {
            var path = new ArrayList<>(location.getPathList());
            if (path.size() >= 2) {
                if (path.getFirst() == FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER) {
                    path.set(1, messages.get(path.get(1)));
                } else if (path.getFirst() == FileDescriptorProto.SERVICE_FIELD_NUMBER) {
                    if (path.size() >= 4 && path.get(2) == METHOD) {
                        path.set(3, methods.get(path.get(1)).get(path.get(3)));
                        if (path.get(3) < 0) {
                            return Optional.empty();
                        }
                    }
                    path.set(1, services.get(path.get(1)));
                }
                if (path.get(1) < 0) {
                    return Optional.empty();
                }
            }
            return Optional.of(location.toBuilder().clearPath().addAllPath(path).build());
        }
    }
}
