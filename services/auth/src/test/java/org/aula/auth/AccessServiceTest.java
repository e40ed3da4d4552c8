package org.aula.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import io.grpc.Status.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.aula.api.auth.v1.AccessChanged;
import org.aula.api.auth.v1.AccessServiceGrpc;
import org.aula.api.auth.v1.AccessServiceGrpc.AccessServiceBlockingStub;
import org.aula.api.auth.v1.AssignRoleRequest;
import org.aula.api.auth.v1.CheckPermissionRequest;
import org.aula.api.auth.v1.CheckPermissionResponse;
import org.aula.api.auth.v1.ClearUserPermissionRequest;
import org.aula.api.auth.v1.CreatePermissionRequest;
import org.aula.api.auth.v1.CreateRoleRequest;
import org.aula.api.auth.v1.DeletePermissionRequest;
import org.aula.api.auth.v1.DeleteRoleRequest;
import org.aula.api.auth.v1.DirectPermission;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.api.auth.v1.GetRoleRequest;
import org.aula.api.auth.v1.GetUserAccessRequest;
import org.aula.api.auth.v1.ListPermissionsRequest;
import org.aula.api.auth.v1.ListRolesRequest;
import org.aula.api.auth.v1.Permission;
import org.aula.api.auth.v1.PermissionEffect;
import org.aula.api.auth.v1.Role;
import org.aula.api.auth.v1.RolesChanged;
import org.aula.api.auth.v1.SetUserPermissionRequest;
import org.aula.api.auth.v1.UnassignRoleRequest;
import org.aula.api.auth.v1.UpdateRoleRequest;
import org.aula.api.auth.v1.UserAccess;
import org.aula.api.common.v1.AuditRecorded;
import org.aula.api.common.v1.FieldChange;
import org.aula.auth.access.LastAdminGuard;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AccessServiceTest {

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("auth");

    private static Person admin;

    @BeforeAll
    static void anAdministrator() {
        admin = Person.of(platform, "roles:read", "roles:write");
    }

    private static AccessServiceBlockingStub access(Person person) {
        return AccessServiceGrpc.newBlockingStub(person.channel());
    }

    private static AccessServiceBlockingStub access() {
        return access(admin);
    }

    private static String unique(String prefix) {
        return prefix + UUID.randomUUID().toString().replaceAll("[^a-z]", "x");
    }

    private static String permission() {
        var name = unique("labs") + ":enter";
        var created = access().createPermission(createPermission(name));
        assertThat(created.getPermission().getName()).isEqualTo(name);
        return name;
    }

    private static CreatePermissionRequest createPermission(String name) {
        return CreatePermissionRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setPermission(name)
                .setDescription("Enter the laboratory")
                .build();
    }

    private static CreateRoleRequest.Builder createRole(String name, String... permissions) {
        return CreateRoleRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setRole(name)
                .setDescription("Looks after the laboratory")
                .addAllPermissions(List.of(permissions));
    }

    private static Role role(String... permissions) {
        return access().createRole(createRole(unique("keeper"), permissions).build())
                .getRole();
    }

    private static Role get(String name) {
        return access().getRole(GetRoleRequest.newBuilder().setRole(name).build())
                .getRole();
    }

    private static UserAccess assign(Person person, String role) {
        return access().assignRole(AssignRoleRequest.newBuilder()
                        .setUserId(person.id())
                        .setRole(role)
                        .build())
                .getAccess();
    }

    private static UserAccess unassign(Person person, String role) {
        return access().unassignRole(UnassignRoleRequest.newBuilder()
                        .setUserId(person.id())
                        .setRole(role)
                        .build())
                .getAccess();
    }

    private static UserAccess set(Person person, String permission, PermissionEffect effect) {
        return access().setUserPermission(SetUserPermissionRequest.newBuilder()
                        .setUserId(person.id())
                        .setPermission(permission)
                        .setEffect(effect)
                        .build())
                .getAccess();
    }

    private static UserAccess grant(Person person, String permission) {
        return set(person, permission, PermissionEffect.PERMISSION_EFFECT_GRANT);
    }

    private static UserAccess deny(Person person, String permission) {
        return set(person, permission, PermissionEffect.PERMISSION_EFFECT_DENY);
    }

    private static UserAccess clear(Person person, String permission) {
        return access().clearUserPermission(ClearUserPermissionRequest.newBuilder()
                        .setUserId(person.id())
                        .setPermission(permission)
                        .build())
                .getAccess();
    }

    private static CheckPermissionResponse check(Person person, String permission) {
        return access().checkPermission(CheckPermissionRequest.newBuilder()
                .setUserId(person.id())
                .setPermission(permission)
                .build());
    }

    private static UpdateRoleRequest.Builder update(Role role, String... paths) {
        return UpdateRoleRequest.newBuilder()
                .setRole(role.getName())
                .setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)));
    }

    private static DirectPermission direct(String permission, PermissionEffect effect) {
        return DirectPermission.newBuilder()
                .setPermission(permission)
                .setEffect(effect)
                .build();
    }

    @Test
    void thePlatformsOwnRolesAndPermissionsAreThere() throws Exception {
        var roles = new ArrayList<Role>();
        assertThat(platform.statements(
                        "auth",
                        () -> roles.addAll(access().listRoles(ListRolesRequest.getDefaultInstance())
                                .getRolesList())))
                .isEqualTo(1);

        assertThat(roles)
                .filteredOn(Role::getBuiltIn)
                .extracting(Role::getName)
                .containsExactly("admin", "instructor", "student", "tutor");
        assertThat(roles).extracting(Role::getName).isSorted();
        assertThat(get("admin").getPermissionsList())
                .contains("roles:read", "roles:write")
                .isSorted();
        assertThat(get("student").getAccountCount()).isPositive();
        var permissions = access().listPermissions(ListPermissionsRequest.getDefaultInstance())
                .getPermissionsList();
        assertThat(permissions).extracting(Permission::getName).isSorted().contains("roles:write");
        assertThat(permissions)
                .filteredOn(permission -> permission.getName().equals("courses:publish"))
                .singleElement()
                .satisfies(permission -> assertThat(
                                List.of(permission.getResource(), permission.getAction(), permission.getBuiltIn()))
                        .isEqualTo(List.of("courses", "publish", true)));
    }

    @Test
    void anInstitutionsOwnPermissionLivesAndGoesWithItsTraces() throws Exception {
        var name = permission();
        var role = role(name, "courses:read");
        var holder = Person.of(platform);
        assertThat(grant(holder, name).getPermissionsList()).contains(name);
        Refusal.expect(
                Code.ALREADY_EXISTS,
                ErrorReason.ERROR_REASON_PERMISSION_EXISTS,
                () -> access().createPermission(createPermission(name)));
        var delete = DeletePermissionRequest.newBuilder().setPermission(name).build();

        assertThat(access().deletePermission(delete).getSerializedSize()).isZero();

        assertThat(get(role.getName()).getPermissionsList()).containsExactly("courses:read");
        assertThat(Person.published(platform, "role:" + role.getName(), AccessChanged.class))
                .hasSize(1);
        assertThat(Person.published(platform, holder.id(), AccessChanged.class)).hasSize(2);
        assertThat(Person.audited(platform, name)).containsExactly("permission.create", "permission.delete");
        var refusal = Refusal.expect(
                Code.NOT_FOUND, ErrorReason.ERROR_REASON_PERMISSION_NOT_FOUND, () -> access().deletePermission(delete));
        assertThat(refusal.metadata()).containsEntry("permission", name);
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_BUILT_IN,
                () -> access().deletePermission(DeletePermissionRequest.newBuilder()
                        .setPermission("roles:write")
                        .build()));
    }

    @Test
    void creatingAgainWithTheSameKeyGivesTheSameAnswer() throws Exception {
        var request = createRole(unique("keeper"), "courses:read").build();

        var first = access().createRole(request);

        assertThat(access().createRole(request)).isEqualTo(first);
        assertThat(first.getRole().getBuiltIn()).isFalse();
        Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_IDEMPOTENCY_KEY_REUSED,
                () -> access().createRole(request.toBuilder()
                        .setDescription("Something else")
                        .build()));
        Refusal.expect(
                Code.ALREADY_EXISTS,
                ErrorReason.ERROR_REASON_ROLE_EXISTS,
                () -> access().createRole(createRole(request.getRole()).build()));
        var refusal = Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_PERMISSION_NOT_FOUND,
                () -> access().createRole(createRole(unique("keeper"), "courses:read", "nothing:here")
                        .build()));
        assertThat(refusal.metadata()).containsEntry("permission", "nothing:here");
        assertThat(Person.audited(platform, request.getRole())).containsExactly("role.create");
    }

    @Test
    void aRoleChangesAsTheMaskSays() throws Exception {
        var before = role("courses:read");

        var described = access().updateRole(update(before, "description")
                        .setDescription("Looks after it")
                        .addPermissions("users:read")
                        .setEtag(before.getEtag())
                        .build())
                .getRole();
        var permitted = access().updateRole(update(before, "permissions")
                        .addPermissions("users:read")
                        .addPermissions("courses:publish")
                        .build())
                .getRole();

        assertThat(described.getDescription()).isEqualTo("Looks after it");
        assertThat(described.getPermissionsList()).containsExactly("courses:read");
        assertThat(permitted.getDescription()).isEqualTo("Looks after it");
        assertThat(permitted.getPermissionsList()).containsExactly("courses:publish", "users:read");
        assertThat(get(before.getName())).isEqualTo(permitted);
        assertThat(Person.published(platform, "role:" + before.getName(), AccessChanged.class))
                .hasSize(1);
        Refusal.expect(
                Code.ABORTED,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_ETAG_MISMATCH,
                () -> access().updateRole(update(before, "description")
                        .setDescription("Late")
                        .setEtag(before.getEtag())
                        .build()));
        // What leads nowhere new is not refused: the first answer may have got lost.
        assertThat(access().updateRole(update(before, "description")
                                .setDescription("Looks after it")
                                .setEtag(before.getEtag())
                                .build())
                        .getRole())
                .isEqualTo(permitted);
        assertThat(Person.audited(platform, before.getName()))
                .containsExactly("role.create", "role.update", "role.update");
        assertThat(Person.published(platform, before.getName(), AuditRecorded.class)
                        .getLast()
                        .getChangesList())
                .extracting(FieldChange::getPath)
                .contains("permissions")
                .doesNotContain("description");
    }

    @Test
    void anUpdateThatMakesNoSenseIsRefused() throws Exception {
        var role = role();
        var invalid = org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED;
        for (var request :
                List.of(update(role), update(role, "name"), update(role).clearUpdateMask())) {
            var refusal = Refusal.expect(Code.INVALID_ARGUMENT, invalid, () -> access().updateRole(request.build()));
            assertThat(refusal.fields()).containsExactly("update_mask");
        }
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_PERMISSION_NOT_FOUND,
                () -> access().updateRole(update(role, "permissions")
                        .addPermissions("nothing:here")
                        .build()));
        Refusal.expect(
                Code.NOT_FOUND,
                ErrorReason.ERROR_REASON_ROLE_NOT_FOUND,
                () -> access().updateRole(update(role, "description")
                        .setRole(unique("nobody"))
                        .build()));
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_BUILT_IN,
                () -> access().updateRole(update(get("admin"), "permissions")
                        .addPermissions("roles:read")
                        .build()));
    }

    @Test
    void aRoleGoesWhenNobodyHoldsIt() throws Exception {
        var role = role("courses:read").getName();
        var holder = Person.of(platform);
        var gone = Person.of(platform);
        assign(holder, role);
        assign(gone, role);
        assertThat(get(role).getAccountCount()).isEqualTo(2);
        platform.superuser()
                .useHandle(handle ->
                        handle.execute("UPDATE auth.accounts SET deleted_at = now() WHERE id = ?", gone.uuid()));
        var delete = DeleteRoleRequest.newBuilder().setRole(role).build();

        var refusal = Refusal.expect(
                Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_ROLE_IN_USE, () -> access().deleteRole(delete));
        assertThat(refusal.metadata()).containsEntry("count", "1");
        unassign(holder, role);
        assertThat(access().deleteRole(delete).getSerializedSize()).isZero();

        for (Refusal.Call call : List.<Refusal.Call>of(
                () -> access().deleteRole(delete),
                () -> get(role),
                () -> assign(holder, role),
                () -> unassign(holder, role))) {
            Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_ROLE_NOT_FOUND, call);
        }
        Refusal.expect(
                Code.FAILED_PRECONDITION,
                ErrorReason.ERROR_REASON_BUILT_IN,
                () -> access().deleteRole(
                                DeleteRoleRequest.newBuilder().setRole("tutor").build()));
        assertThat(Person.audited(platform, role)).containsExactly("role.create", "role.delete");
    }

    @Test
    void rolesAreGivenAndTakenOnce() {
        var person = Person.of(platform);

        var given = assign(person, "instructor");
        assertThat(given.getRolesList()).containsExactly("instructor", "student");
        assertThat(given.getPermissionsList()).containsExactly("content:create", "courses:create");
        assertThat(assign(person, "instructor")).isEqualTo(given);
        var taken = unassign(person, "instructor");
        assertThat(taken.getRolesList()).containsExactly("student");
        assertThat(unassign(person, "instructor")).isEqualTo(taken);

        assertThat(Person.published(platform, person.id(), RolesChanged.class))
                .extracting(changed -> List.copyOf(changed.getRolesList()))
                .containsExactly(List.of("instructor", "student"), List.of("student"));
        assertThat(Person.published(platform, person.id(), AccessChanged.class)).hasSize(2);
        assertThat(Person.audited(platform, person.id())).endsWith("role.assign", "role.unassign");
    }

    @Test
    void whatIsSaidOfOneAccountGoesBeforeItsRolesAndADenialWins() {
        var person = Person.of(platform);
        assign(person, "instructor");
        grant(person, "users:read");

        var access = deny(person, "courses:create");

        assertThat(access.getPermissionsList()).containsExactly("content:create", "users:read");
        assertThat(access.getDirectPermissionsList())
                .containsExactly(
                        direct("courses:create", PermissionEffect.PERMISSION_EFFECT_DENY),
                        direct("users:read", PermissionEffect.PERMISSION_EFFECT_GRANT));
        assertThat(deny(person, "courses:create")).isEqualTo(access);
        var check = check(person, "courses:create");
        assertThat(check.getAllowed()).isFalse();
        assertThat(check.getRolesList()).containsExactly("instructor");
        assertThat(check.getDirectEffect()).isEqualTo(PermissionEffect.PERMISSION_EFFECT_DENY);
        assertThat(check(person, "users:read").getAllowed()).isTrue();
        assertThat(clear(person, "courses:create").getPermissionsList())
                .containsExactly("content:create", "courses:create", "users:read");
        var now = check(person, "courses:create");
        assertThat(now.getAllowed()).isTrue();
        assertThat(now.getDirectEffect()).isEqualTo(PermissionEffect.PERMISSION_EFFECT_UNSPECIFIED);
        assertThat(clear(person, "courses:create").getPermissionsList()).contains("courses:create");
        assertThat(Person.audited(platform, person.id()))
                .endsWith("user_permission.set", "user_permission.set", "user_permission.clear");
        assertThat(person.refreshed().tokens())
                .satisfies(tokens -> assertThat(Person.claims(tokens).getStringListClaim("permissions"))
                        .containsExactly("content:create", "courses:create", "users:read"));
    }

    @Test
    void anAccountThatIsPutAsideMayDoNothing() {
        var person = Person.of(platform, "users:read");
        for (var status : List.of("INACTIVE", "SUSPENDED")) {
            platform.superuser()
                    .useHandle(handle ->
                            handle.execute("UPDATE auth.accounts SET status = ? WHERE id = ?", status, person.uuid()));

            var check = check(person, "users:read");

            assertThat(check.getAllowed()).isFalse();
            assertThat(check.getAccountInactive()).isTrue();
            assertThat(check.getDirectEffect()).isEqualTo(PermissionEffect.PERMISSION_EFFECT_GRANT);
        }
    }

    @Test
    void rightsAreTheOwnersBusinessAndOfWhoMayReadRolesAndServicesMayAsk() throws Exception {
        var person = Person.of(platform);
        var stranger = Person.of(platform);
        var mine = GetUserAccessRequest.newBuilder().setUserId(person.id()).build();
        var question = CheckPermissionRequest.newBuilder()
                .setUserId(person.id())
                .setPermission("users:read")
                .build();

        assertThat(access(person).getUserAccess(mine).getAccess().getRolesList())
                .containsExactly("student");
        assertThat(access(person).checkPermission(question).getAllowed()).isFalse();
        assertThat(AccessServiceGrpc.newBlockingStub(platform.asService("courses", "auth"))
                        .checkPermission(question)
                        .getAllowed())
                .isFalse();
        for (Refusal.Call call : List.<Refusal.Call>of(
                () -> access(stranger).getUserAccess(mine),
                () -> access(stranger).checkPermission(question))) {
            Refusal.expect(Code.PERMISSION_DENIED, org.aula.api.common.v1.ErrorReason.ERROR_REASON_NOT_OWNER, call);
        }
        for (Refusal.Call call : List.<Refusal.Call>of(
                () -> access(stranger).listRoles(ListRolesRequest.getDefaultInstance()),
                () -> access(stranger)
                        .assignRole(AssignRoleRequest.newBuilder()
                                .setUserId(stranger.id())
                                .setRole("admin")
                                .build()),
                () -> AccessServiceGrpc.newBlockingStub(platform.asService("courses", "auth"))
                        .getUserAccess(mine))) {
            Refusal.expect(
                    Code.PERMISSION_DENIED, org.aula.api.common.v1.ErrorReason.ERROR_REASON_PERMISSION_MISSING, call);
        }
    }

    @Test
    void whoOrWhatDoesNotExistIsSaid() throws Exception {
        var nobody = Person.of(platform);
        platform.superuser()
                .useHandle(handle ->
                        handle.execute("UPDATE auth.accounts SET deleted_at = now() WHERE id = ?", nobody.uuid()));
        for (Refusal.Call call : List.<Refusal.Call>of(
                () -> assign(nobody, "tutor"),
                () -> unassign(nobody, "tutor"),
                () -> grant(nobody, "users:read"),
                () -> clear(nobody, "users:read"),
                () -> check(nobody, "users:read"),
                () -> access().getUserAccess(GetUserAccessRequest.newBuilder()
                        .setUserId(nobody.id())
                        .build()))) {
            Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND, call);
        }
        for (Refusal.Call call : List.<Refusal.Call>of(
                () -> grant(admin, "nothing:here"),
                () -> clear(admin, "nothing:here"),
                () -> check(admin, "nothing:here"))) {
            Refusal.expect(Code.NOT_FOUND, ErrorReason.ERROR_REASON_PERMISSION_NOT_FOUND, call);
        }
        var refusal = Refusal.expect(
                Code.INVALID_ARGUMENT,
                org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                () -> access().setUserPermission(SetUserPermissionRequest.getDefaultInstance()));
        assertThat(refusal.fields()).containsExactlyInAnyOrder("user_id", "permission", "effect");
    }

    @Test
    void somebodyCanAlwaysRunThePlatform() throws Exception {
        var last = Person.of(platform, "roles:write");
        whileOthersAreAway(List.of(last), () -> {
            var role = role("roles:write");
            assign(last, role.getName());
            // It comes two ways now, of which one may go.
            clear(last, "roles:write");
            for (Refusal.Call call : List.<Refusal.Call>of(
                    () -> unassign(last, role.getName()),
                    () -> deny(last, "roles:write"),
                    () -> access().updateRole(update(role, "permissions").build()))) {
                Refusal.expect(Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_LAST_ADMIN, call);
            }
            grant(last, "roles:write");
            unassign(last, role.getName());
            Refusal.expect(
                    Code.FAILED_PRECONDITION, ErrorReason.ERROR_REASON_LAST_ADMIN, () -> clear(last, "roles:write"));
            assertThat(check(last, "roles:write").getAllowed()).isTrue();
            assertThat(requireAnotherThan(last)).contains("last administrator");
            assertThat(requireAnotherThan(Person.of(platform))).isEqualTo("OK");
        });
    }

    @Test
    void ofTwoAdministratorsWhoGoAtOnceOneStays() throws Exception {
        var one = Person.of(platform, "roles:write");
        var other = Person.of(platform);
        whileOthersAreAway(List.of(one), () -> {
            try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int round = 0; round < 10; round++) {
                    grant(one, "roles:write");
                    grant(other, "roles:write");

                    var outcomes = executor
                            .invokeAll(List.<Callable<String>>of(
                                    () -> Person.outcome(() -> deny(one, "roles:write")),
                                    () -> Person.outcome(() -> deny(other, "roles:write"))))
                            .stream()
                            .map(task -> task.resultNow())
                            .toList();

                    assertThat(outcomes).containsExactlyInAnyOrder("OK", "LAST_ADMIN");
                }
            }
        });
    }

    /// Runs a test while only these can run the platform. The token of who asks still says so, the
    /// account may not.
    private static void whileOthersAreAway(List<Person> present, Step test) throws Exception {
        var ids = present.stream().map(Person::uuid).toList();
        platform.superuser()
                .useHandle(handle -> handle.createUpdate("""
                                UPDATE auth.accounts SET status = 'INACTIVE' WHERE id <> ALL (:present) AND id IN (
                                    SELECT account_id FROM auth.account_permissions WHERE permission = 'roles:write'
                                    UNION ALL
                                    SELECT account_id FROM auth.account_roles WHERE role = 'admin')
                                """)
                        .bindArray("present", UUID.class, ids)
                        .execute());
        try {
            test.run();
        } finally {
            platform.superuser()
                    .useHandle(handle ->
                            handle.execute("UPDATE auth.accounts SET status = 'ACTIVE' WHERE id = ?", admin.uuid()));
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    private static String requireAnotherThan(Person person) throws Exception {
        var administrators = platform.bean("auth", LastAdminGuard.class);
        var database = platform.bean("auth", Database.class);
        return platform.inside("auth", () -> {
            try {
                database.transact(() -> administrators.requireAnotherThan(person.uuid()));
                return "OK";
            } catch (ServiceException refusal) {
                return refusal.getMessage();
            }
        });
    }
}
