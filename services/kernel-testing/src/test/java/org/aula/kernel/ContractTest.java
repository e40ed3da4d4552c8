package org.aula.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.AnnotationsProto;
import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.aula.api.options.v1.Erasure;
import org.aula.api.options.v1.Options;
import org.aula.api.options.v1.PersonalDataKind;
import org.aula.kernel.contract.ContractFiles;
import org.aula.kernel.contract.ContractMethod;
import org.aula.kernel.contract.Names;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What every method, field and event of the contract must say; the build's lint cannot know it.
@Tag("fast")
final class ContractTest {

    @Test
    void everyMethodSaysWhoMayCallItAndForHowLong() {
        assertThat(methods()).isNotEmpty().allSatisfy(method -> {
            assertThat(ContractMethod.of(method).policy()).isNotNull();
            assertThat(method.getOptions().hasExtension(Options.deadline))
                    .as("deadline")
                    .isTrue();
            assertThat(method.getOptions().hasIdempotencyLevel())
                    .as("idempotency_level")
                    .isTrue();
        });
    }

    /// Only beside `signed_in` do permissions and services say more: for whom the handler opens everything.
    @Test
    void anAnonymousPolicyStandsAloneAndOneOfTheSignedInHasNoOwner() {
        assertThat(methods()).allSatisfy(method -> {
            var policy = ContractMethod.of(method).policy();
            if (policy.getAnonymous()) {
                assertThat(policy.getPermissionsCount() + policy.getServicesCount())
                        .isZero();
                assertThat(policy.getSignedIn()).isFalse();
            }
            if (policy.getAnonymous() || policy.getSignedIn()) {
                assertThat(policy.getOwner()).isFalse();
            }
        });
    }

    /// Reading stays open; a visitor and a service that acts for itself have no account.
    @Test
    void onlyWhatUsersChangeIsForTheVerified() {
        assertThat(methods().stream().filter(ContractTest::isForTheVerified).toList())
                .isNotEmpty()
                .allSatisfy(method -> {
                    var policy = ContractMethod.of(method).policy();
                    assertThat(policy.getAnonymous()).isFalse();
                    assertThat(policy.getSignedIn() || policy.getOwner() || policy.getPermissionsCount() > 0)
                            .as("opened to users")
                            .isTrue();
                    assertThat(changes(method)).isTrue();
                });
    }

    /// Names that are told by a pattern or belong to files and devices of a form of their own.
    private static final Set<String> OTHER_NAMES = Set.of("username", "file_name", "role", "permission");

    @Test
    void everyNameAndTitleOfARequestIsOne() {
        var names = methods().stream()
                .map(MethodDescriptor::getInputType)
                .flatMap(ContractTest::withNested)
                .distinct()
                .flatMap(message -> message.getFields().stream())
                .filter(field -> field.getJavaType() == FieldDescriptor.JavaType.STRING && !field.isRepeated())
                .filter(field -> field.getName().matches("(.*_)?(name|title|label)"))
                .filter(field -> !OTHER_NAMES.contains(field.getName()));
        assertThat(names)
                .hasSizeGreaterThan(20)
                .allSatisfy(field -> assertThat(Names.isName(field))
                        .as(field.getFullName() + " has (buf.validate.field).string.(aula.options.v1.name)")
                        .isTrue());
    }

    private static Stream<Descriptor> withNested(Descriptor message) {
        var seen = new LinkedHashSet<Descriptor>(List.of(message));
        var open = new ArrayDeque<Descriptor>(seen);
        while (!open.isEmpty()) {
            for (var field : open.remove().getFields()) {
                if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && seen.add(field.getMessageType())) {
                    open.add(field.getMessageType());
                }
            }
        }
        return seen.stream();
    }

    /// With these one teaches.
    private static final Set<String> TEACHING = Set.of(
            "courses:create",
            "courses:write",
            "courses:publish",
            "grades:write",
            "certificates:revoke",
            "content:create");

    @Test
    void whateverAPermissionToTeachOpensForChangingIsForTheVerified() {
        assertThat(methods().stream()
                        .filter(method -> changes(method)
                                && ContractMethod.of(method).policy().getPermissionsList().stream()
                                        .anyMatch(TEACHING::contains))
                        .toList())
                .isNotEmpty()
                .allMatch(ContractTest::isForTheVerified);
    }

    private static boolean isForTheVerified(MethodDescriptor method) {
        return ContractMethod.of(method).policy().getVerified();
    }

    private static boolean changes(MethodDescriptor method) {
        return ContractMethod.of(method).idempotency() != IdempotencyLevel.NO_SIDE_EFFECTS;
    }

    /// So that every client knows a stream by its `event`, and proxies do not take it for dead.
    @Test
    void everyServerStreamTellsEventsAndBeats() {
        assertThat(methods().stream()
                        .filter(MethodDescriptor::isServerStreaming)
                        .toList())
                .isNotEmpty()
                .allSatisfy(method -> {
                    assertThat(method.getName()).startsWith("Watch");
                    assertThat(method.getOutputType().getRealOneofs())
                            .extracting(oneof -> oneof.getName())
                            .containsExactly("event");
                    assertThat(method.getOutputType()
                                    .findFieldByName("heartbeat")
                                    .getMessageType()
                                    .getFullName())
                            .isEqualTo("aula.common.v1.Heartbeat");
                    assertThat(ContractMethod.of(method).deadline())
                            .isBetween(Duration.ofMinutes(15), Duration.ofHours(1));
                    assertThat(changes(method)).isFalse();
                });
    }

    @Test
    void everyCreateAndImportTakesARequestId() {
        assertThat(methods().stream()
                        .filter(method -> method.getName().matches("(Create|Import|Register).*"))
                        .toList())
                .isNotEmpty()
                .allSatisfy(method -> assertThat(method.getInputType().findFieldByName("request_id"))
                        .isNotNull());
    }

    /// Lists that are short by their nature and are always wanted whole: what administrators have made by
    /// hand, and the devices of one person, of which there are at most 100.
    private static final Set<String> WHOLE = Set.of("ListPermissions", "ListRoles", "ListSessions");

    @Test
    void everyListPagesAndEveryBatchIsBounded() {
        assertThat(methods()).allSatisfy(method -> {
            if (method.getName().startsWith("List") && !WHOLE.contains(method.getName())) {
                assertThat(method.getInputType().findFieldByName("page_size")).isNotNull();
                assertThat(method.getOutputType().findFieldByName("next_page_token"))
                        .isNotNull();
            }
            if (method.getName().startsWith("BatchGet")) {
                var bounds = method.getInputType().getFields().stream()
                        .filter(FieldDescriptor::isRepeated)
                        .findFirst()
                        .orElseThrow()
                        .getOptions()
                        .getExtension(build.buf.validate.ValidateProto.field);
                assertThat(bounds.getRepeated().getMaxItems()).isBetween(1L, 200L);
            }
        });
    }

    @Test
    void personalDataSaysItsKindAndWhatErasureDoes() {
        assertThat(fields().filter(field -> field.getOptions().hasExtension(Options.pii)))
                .isNotEmpty()
                .allSatisfy(field -> {
                    var pii = field.getOptions().getExtension(Options.pii);
                    assertThat(pii.getKind()).isNotEqualTo(PersonalDataKind.PERSONAL_DATA_KIND_UNSPECIFIED);
                    assertThat(pii.getErasure()).isNotEqualTo(Erasure.ERASURE_UNSPECIFIED);
                    assertThat(pii.getErasure() == Erasure.ERASURE_KEEP)
                            .isEqualTo(!pii.getReason().isEmpty());
                });
    }

    @Test
    void fieldsWhoseNamesTellOfAPersonAreMarked() {
        var telling = List.of(
                "email",
                "password",
                "first_name",
                "last_name",
                "phone",
                "access_token",
                "refresh_token",
                "display_name");
        assertThat(fields().filter(field -> telling.contains(field.getName())))
                .allSatisfy(field ->
                        assertThat(field.getOptions().hasExtension(Options.pii)).isTrue());
    }

    @Test
    void eventsNameTheirKeyAndHoldNothingPersonal() {
        var events = ContractFiles.messages().stream()
                .filter(message -> message.getOptions().hasExtension(Options.event))
                .toList();
        assertThat(events).isNotEmpty().allSatisfy(event -> {
            var declared = event.getOptions().getExtension(Options.event);
            assertThat(event.findFieldByName(declared.getKey())).as("key").isNotNull();
            var domain = declared.getStream().isEmpty() ? "common" : declared.getStream();
            assertThat(event.getFile().getPackage()).isEqualTo("aula." + domain + ".v1");
            // Only the audit log has a reason to keep where somebody came from, and says it.
            assertThat(event.getFields())
                    .filteredOn(field -> field.getOptions().hasExtension(Options.pii))
                    .allMatch(field ->
                            field.getOptions().getExtension(Options.pii).getErasure() == Erasure.ERASURE_KEEP);
        });
    }

    /// As buf's managed mode would have them, so that a plain clone makes stubs with buf or protoc alone.
    @Test
    void everyFileNamesItsPackageInOtherLanguages() {
        assertThat(ContractFiles.files()).isNotEmpty().allSatisfy(file -> {
            var parts = List.of(file.getPackage().split("\\."));
            var pascal = parts.stream()
                    .map(part -> part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1))
                    .toList();
            var options = file.getOptions();
            assertThat(options.getGoPackage())
                    .isEqualTo("aula.example/go/" + String.join("/", parts) + ";" + parts.get(1) + parts.get(2));
            assertThat(options.getCsharpNamespace()).isEqualTo(String.join(".", pascal));
            assertThat(options.getObjcClassPrefix())
                    .isEqualTo("A" + pascal.get(1).charAt(0) + "X");
            assertThat(options.getPhpNamespace()).isEqualTo(String.join("\\", pascal));
            assertThat(options.getPhpMetadataNamespace()).isEqualTo(options.getPhpNamespace() + "\\GPBMetadata");
        });
    }

    /// What the edge offers as REST is read, and is for anybody.
    @Test
    void restIsForPublicReads() {
        var rest = methods().stream()
                .filter(method -> method.getOptions().hasExtension(AnnotationsProto.http))
                .toList();
        assertThat(rest).isNotEmpty().allSatisfy(method -> {
            assertThat(ContractMethod.of(method).policy().getAnonymous()).isTrue();
            assertThat(method.getOptions().getIdempotencyLevel()).isEqualTo(IdempotencyLevel.NO_SIDE_EFFECTS);
            var rule = method.getOptions().getExtension(AnnotationsProto.http);
            assertThat(Stream.concat(Stream.of(rule), rule.getAdditionalBindingsList().stream()))
                    .allSatisfy(binding -> assertThat(binding.getGet()).startsWith("/v1/"));
        });
    }

    private static List<MethodDescriptor> methods() {
        return ContractFiles.services("aula.").stream()
                .flatMap(service -> service.getMethods().stream())
                .toList();
    }

    private static Stream<FieldDescriptor> fields() {
        return ContractFiles.messages().stream().flatMap(ContractTest::fields);
    }

    private static Stream<FieldDescriptor> fields(Descriptor message) {
        return Stream.concat(
                message.getFields().stream(),
                message.getNestedTypes().stream()
                        .filter(nested -> !nested.getOptions().getMapEntry())
                        .flatMap(ContractTest::fields));
    }
}
