package org.aula.bff.engine;

import com.google.protobuf.Descriptors.EnumDescriptor;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.aula.api.options.v1.Options;
import org.aula.kernel.contract.ContractFiles;

/// What the reasons of the contract are about, as its option `about` says.
final class Reasons {

    private static final String COMMON = "aula.common.v1";
    private static final String PREFIX = "ERROR_REASON_";
    private static final Map<String, Map<String, List<String>>> BY_PACKAGE = load();

    private Reasons() {}

    /// The fields of requests that a reason may be about; the first that the request has is meant. A reason
    /// is the domain's own, else common, else that of a domain whose refusal was passed on.
    ///
    /// @param requestPackage the package of the request that was refused, such as `aula.courses.v1`
    /// @param reason without its prefix
    static List<String> about(String requestPackage, String reason) {
        return Stream.of(requestPackage, COMMON)
                .map(name -> BY_PACKAGE.getOrDefault(name, Map.of()).get(reason))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> BY_PACKAGE.values().stream()
                        .map(reasons -> reasons.getOrDefault(reason, List.of()))
                        .filter(fields -> !fields.isEmpty())
                        .findFirst()
                        .orElse(List.of()));
    }

    private static Map<String, Map<String, List<String>>> load() {
        var packages = new LinkedHashMap<String, Map<String, List<String>>>();
        ContractFiles.enums().stream()
                .filter(type -> type.getName().equals("ErrorReason"))
                .forEach(type -> packages.put(type.getFile().getPackage(), about(type)));
        return Collections.unmodifiableMap(packages);
    }

    private static Map<String, List<String>> about(EnumDescriptor reasons) {
        var about = new HashMap<String, List<String>>();
        reasons.getValues()
                .forEach(reason -> about.put(
                        reason.getName().substring(PREFIX.length()),
                        reason.getOptions().getExtension(Options.about)));
        return Map.copyOf(about);
    }
}
