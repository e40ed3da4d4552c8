package org.aula.kernel.contract;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.ExtensionRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aula.api.options.v1.Options;
import org.aula.api.options.v1.Rules;

/// The whole contract as the build wrote it: the descriptor set `aula.binpb`, with options.
public final class ContractFiles {

    private static final String RESOURCE = "/aula.binpb";
    private static final Map<String, FileDescriptor> FILES = load();

    private ContractFiles() {}

    /// The domains that have a gRPC service, such as `courses`, in alphabetical order: the names of the
    /// mesh's services.
    public static List<String> domains() {
        return services("aula.").stream()
                .map(ContractFiles::domain)
                .distinct()
                .sorted()
                .toList();
    }

    /// The middle part of a gRPC service's package `aula.<domain>.v1`.
    public static String domain(Descriptors.ServiceDescriptor service) {
        return service.getFile().getPackage().split("\\.")[1];
    }

    /// The services whose full name begins so.
    public static List<Descriptors.ServiceDescriptor> services(String prefix) {
        return FILES.values().stream()
                .flatMap(file -> file.getServices().stream())
                .filter(service -> service.getFullName().startsWith(prefix))
                .toList();
    }

    /// The method of a name such as `aula.courses.v1.CourseService/GetCourse`.
    ///
    /// @throws IllegalArgumentException if the contract has none
    public static Descriptors.MethodDescriptor method(String fullName) {
        var service = fullName.substring(0, fullName.indexOf('/'));
        return services(service).stream()
                .filter(one -> one.getFullName().equals(service))
                .flatMap(one -> one.getMethods().stream())
                .filter(one -> one.getName().equals(fullName.substring(service.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the contract has no " + fullName));
    }

    /// Every file of the contract's own packages.
    public static List<FileDescriptor> files() {
        return FILES.values().stream()
                .filter(file -> file.getPackage().startsWith("aula."))
                .toList();
    }

    /// Every message of the contract's own packages.
    public static List<Descriptors.Descriptor> messages() {
        return files().stream().flatMap(file -> file.getMessageTypes().stream()).toList();
    }

    /// Every enumeration of the contract's own packages.
    public static List<Descriptors.EnumDescriptor> enums() {
        return files().stream().flatMap(file -> file.getEnumTypes().stream()).toList();
    }

    private static Map<String, FileDescriptor> load() {
        var registry = ExtensionRegistry.newInstance();
        Options.registerAllExtensions(registry);
        Rules.registerAllExtensions(registry);
        build.buf.validate.ValidateProto.registerAllExtensions(registry);
        com.google.api.AnnotationsProto.registerAllExtensions(registry);
        try (var stream = ContractFiles.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path: build proto first");
            }
            var files = new LinkedHashMap<String, FileDescriptor>();
            for (var file : FileDescriptorSet.parseFrom(stream, registry).getFileList()) {
                var needed = file.getDependencyList().stream().map(files::get).toArray(FileDescriptor[]::new);
                files.put(file.getName(), FileDescriptor.buildFrom(file, needed));
            }
            return files;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (DescriptorValidationException broken) {
            throw new IllegalStateException(RESOURCE + " is broken", broken);
        }
    }
}
