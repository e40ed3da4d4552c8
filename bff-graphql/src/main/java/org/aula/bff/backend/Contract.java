package org.aula.bff.backend;

import com.google.protobuf.Descriptors;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Internal;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.aula.kernel.contract.ContractFiles;

/// The generated classes of the contract, by its descriptors.
public final class Contract {

    private Contract() {}

    /// An empty request of a method.
    @SuppressWarnings("unchecked")
    public static <Q> Q request(MethodDescriptor<Q, ?> method) {
        return prototype((MethodDescriptor.PrototypeMarshaller<Q>) method.getRequestMarshaller());
    }

    /// An empty response of a method.
    @SuppressWarnings("unchecked")
    public static <A> A response(MethodDescriptor<?, A> method) {
        return prototype((MethodDescriptor.PrototypeMarshaller<A>) method.getResponseMarshaller());
    }

    /// Methods of one name, by the domains that have one.
    ///
    /// @param name such as `GetOperation`
    public static Map<String, MethodDescriptor<Message, Message>> methods(String name) {
        var methods = new LinkedHashMap<String, MethodDescriptor<Message, Message>>();
        for (var service : ContractFiles.services("aula.")) {
            var method = service.findMethodByName(name);
            if (method != null) {
                methods.put(domain(service.getFullName()), generated(method));
            }
        }
        return methods;
    }

    /// The method of a name, if exactly one domain has one.
    public static Optional<MethodDescriptor<Message, Message>> method(String name) {
        var methods = methods(name).values();
        return methods.size() == 1 ? methods.stream().findFirst() : Optional.empty();
    }

    /// The class of the message of a name, if exactly one domain has one.
    public static Optional<Class<? extends Message>> message(String name) {
        var messages = ContractFiles.messages().stream()
                .filter(message -> message.getName().equals(name))
                .toList();
        return messages.size() == 1
                ? Optional.of(generated(messages.getFirst().getFile(), name).asSubclass(Message.class))
                : Optional.empty();
    }

    /// The domains that have services.
    public static Set<String> domains() {
        return ContractFiles.services("aula.").stream()
                .map(service -> domain(service.getFullName()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// The domain that a full name of the contract belongs to: `courses` of `aula.courses.v1.Course`.
    public static String domain(String fullName) {
        var begin = fullName.indexOf('.') + 1;
        return fullName.substring(begin, fullName.indexOf('.', begin));
    }

    /// The descriptor of a generated class.
    public static Descriptor descriptor(Class<?> message) {
        return Internal.getDefaultInstance(message.asSubclass(Message.class)).getDescriptorForType();
    }

    /// The generated method of a descriptor.
    @SuppressWarnings("unchecked")
    public static MethodDescriptor<Message, Message> generated(Descriptors.MethodDescriptor method) {
        var service = method.getService();
        try {
            return (MethodDescriptor<Message, Message>) generated(service.getFile(), service.getName() + "Grpc")
                    .getMethod("get" + method.getName() + "Method")
                    .invoke(null);
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static Class<?> generated(FileDescriptor file, String name) {
        try {
            return Class.forName(file.getOptions().getJavaPackage() + "." + name);
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static <T> T prototype(MethodDescriptor.PrototypeMarshaller<T> marshaller) {
        return Objects.requireNonNull(marshaller.getMessagePrototype());
    }
}
