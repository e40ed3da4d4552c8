package org.aula.bff;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import com.google.rpc.Code;
import java.util.Map;
import org.aula.api.analytics.v1.AuditEntry;
import org.aula.api.analytics.v1.ListAuditEntriesRequest;
import org.aula.api.analytics.v1.ListAuditEntriesResponse;
import org.aula.api.auth.v1.Account;
import org.aula.api.auth.v1.AccountStatus;
import org.aula.api.auth.v1.BatchGetAccountsRequest;
import org.aula.api.auth.v1.BatchGetAccountsResponse;
import org.aula.api.auth.v1.CheckPermissionRequest;
import org.aula.api.auth.v1.CheckPermissionResponse;
import org.aula.api.auth.v1.ListAccountsRequest;
import org.aula.api.auth.v1.ListAccountsResponse;
import org.aula.api.auth.v1.ListRolesRequest;
import org.aula.api.auth.v1.ListRolesResponse;
import org.aula.api.auth.v1.PermissionEffect;
import org.aula.api.auth.v1.Role;
import org.aula.api.auth.v1.SetUserPermissionRequest;
import org.aula.api.auth.v1.SuspendAccountRequest;
import org.aula.api.auth.v1.UpdateRoleRequest;
import org.aula.api.common.v1.FieldChange;
import org.aula.api.notifications.v1.Channel;
import org.aula.api.notifications.v1.Delivery;
import org.aula.api.notifications.v1.DeliveryState;
import org.aula.api.notifications.v1.GetDeliveryRequest;
import org.aula.api.notifications.v1.GetDeliveryResponse;
import org.aula.api.notifications.v1.ListDeliveriesRequest;
import org.aula.api.notifications.v1.ListDeliveriesResponse;
import org.aula.api.notifications.v1.RetryDeliveryRequest;
import org.aula.api.users.v1.DeleteUserRequest;
import org.aula.api.users.v1.FullUser;
import org.aula.api.users.v1.GetFullUserRequest;
import org.aula.api.users.v1.GetFullUserResponse;
import org.aula.api.users.v1.ListUsersRequest;
import org.aula.api.users.v1.ListUsersResponse;
import org.aula.api.users.v1.UpdateUserRequest;
import org.aula.api.users.v1.User;
import org.aula.api.users.v1.UserOrder;
import org.aula.api.users.v1.UserProfile;
import org.aula.bff.testing.Refusal;
import org.aula.bff.testing.TestGateway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The pages of those who look after the platform.
@Tag("fast")
class AdministrationTest {

    @RegisterExtension
    static final TestGateway GATEWAY = new TestGateway();

    @Test
    void aPageOfUsersWithTheirAccountsTakesTwoCalls() {
        GATEWAY.answer(ListUsersRequest.class, AdministrationTest::users);
        GATEWAY.answer(
                BatchGetAccountsRequest.class,
                request -> BatchGetAccountsResponse.newBuilder()
                        .addAllAccounts(request.getUserIdsList().stream()
                                .skip(1)
                                .map(id -> Account.newBuilder()
                                        .setId(id)
                                        .setStatus(AccountStatus.ACCOUNT_STATUS_SUSPENDED)
                                        .build())
                                .toList())
                        .build());

        var answer = GATEWAY.askSignedIn("""
                { users(
                    filter: {text: "ad", role: "tutor", accountStatus: SUSPENDED, createdFrom: "2026-01-01T00:00:00Z"}
                    orderBy: NAME, first: 100
                ) { nodes { firstName deleteTime missingParts account { status } } pageInfo { endCursor } } }
                """);

        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        assertThat(GATEWAY.requests()).hasSize(2);
        assertThat(answer.at("/data/users/nodes")).hasSize(100);
        assertThat(answer.at("/data/users/nodes/0/account").isNull()).isTrue();
        assertThat(answer.at("/data/users/nodes/0/missingParts").isNull()).isTrue();
        assertThat(answer.at("/data/users/nodes/1/account/status").asText()).isEqualTo("SUSPENDED");
        assertThat(answer.at("/data/users/pageInfo/endCursor").asText()).isEqualTo("token99");
        assertThat(GATEWAY.request(ListUsersRequest.class))
                .isEqualTo(ListUsersRequest.newBuilder()
                        .setText("ad")
                        .setRole("tutor")
                        .setAccountStatus("SUSPENDED")
                        .setCreatedFrom(Timestamp.newBuilder().setSeconds(1_767_225_600))
                        .setOrderBy(UserOrder.USER_ORDER_NAME)
                        .setPageSize(100)
                        .setWithItemTokens(true)
                        .build());
    }

    @Test
    void aUsersPageTakesOneCallToUsers() {
        GATEWAY.answer(GetFullUserRequest.class, AdministrationTest::full);

        var answer =
                GATEWAY.askSignedIn("""
                query($id: ID!) { user(id: $id) { firstName missingParts profile { bio } settings { etag } } }
                """.replace("$id: ID!", "$id: ID! = \"" + TestGateway.id("Account", "ada") + "\""));

        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        assertThat(answer.at("/data/user/profile/bio").asText()).isEqualTo("Analyst");
        assertThat(answer.at("/data/user/settings").isNull()).isTrue();
        assertThat(GATEWAY.requests())
                .containsExactly(GetFullUserRequest.newBuilder()
                        .setUserId(TestGateway.uuid("ada"))
                        .build());
    }

    @Test
    void theSameGoesForNodeAndWhateverTheFieldsAreCalled() {
        GATEWAY.answer(GetFullUserRequest.class, AdministrationTest::full);
        var query = "{ found: node(id: \"%s\") { ... on User { about: profile { bio } } } }"
                .formatted(TestGateway.id("User", "ada"));

        var answer = GATEWAY.askSignedIn(query);
        var mine = GATEWAY.askSignedIn("{ me: viewer { who: user { about: profile { bio } } } }");

        assertThat(answer.at("/data/found/about/bio").asText())
                .as(answer.toString())
                .isEqualTo("Analyst");
        assertThat(mine.at("/data/me/who/about/bio").asText()).isEqualTo("Analyst");
        assertThat(GATEWAY.requests())
                .hasSize(2)
                .allSatisfy(request -> assertThat(request).isInstanceOf(GetFullUserRequest.class));
    }

    @Test
    void profilesInAListTakeACallEachAndCostAccordingly() {
        GATEWAY.answer(ListUsersRequest.class, AdministrationTest::users);
        GATEWAY.answer(GetFullUserRequest.class, AdministrationTest::full);

        var some = GATEWAY.askSignedIn("{ users(first: 3) { nodes { profile { bio } preferences { etag } } } }");
        var many = GATEWAY.askSignedIn(
                "{ users(first: 100) { nodes { profile { bio } settings { etag } sessions { id } access { roles } } } }");

        assertThat(some.at("/data/users/nodes/2/profile/bio").asText()).isEqualTo("Analyst");
        assertThat(some.at("/extensions/grpcCalls").asInt()).isEqualTo(4);
        assertThat(many.at("/errors/0/extensions/reason").asText()).isEqualTo("TOO_COSTLY");
    }

    @Test
    void aPageOfAccountsWithNamesTakesTwoCalls() {
        GATEWAY.answer(
                ListAccountsRequest.class,
                request -> ListAccountsResponse.newBuilder()
                        .addAccounts(Account.newBuilder().setId(TestGateway.uuid("one")))
                        .addAccounts(Account.newBuilder().setId(TestGateway.uuid("two")))
                        .addItemTokens("1")
                        .addItemTokens("2")
                        .build());

        var answer = GATEWAY.askSignedIn("""
                { accounts(filter: {status: ACTIVE, role: "admin", prefix: "a"}, first: 2) {
                    nodes { id user { displayName } } pageInfo { hasNextPage }
                } }
                """);

        assertThat(answer.at("/data/accounts/nodes/1/user/displayName").asText())
                .as(answer.toString())
                .isEqualTo("Ada Lovelace");
        assertThat(GATEWAY.requests()).hasSize(2);
        var request = GATEWAY.request(ListAccountsRequest.class);
        assertThat(request.getStatus()).isEqualTo(AccountStatus.ACCOUNT_STATUS_ACTIVE);
        assertThat(request.getRole()).isEqualTo("admin");
        assertThat(request.getPrefix()).isEqualTo("a");
    }

    @Test
    void rolesAndWhatTheyAmountToAreRead() {
        GATEWAY.answer(
                ListRolesRequest.class,
                request -> ListRolesResponse.newBuilder()
                        .addRoles(Role.newBuilder()
                                .setName("tutor")
                                .addPermissions("courses:read")
                                .setAccountCount(2)
                                .setEtag("1"))
                        .build());
        GATEWAY.answer(
                CheckPermissionRequest.class,
                request -> CheckPermissionResponse.newBuilder()
                        .setAllowed(true)
                        .addRoles("tutor")
                        .build());

        var answer = GATEWAY.askSignedIn("""
                {
                  roles { name permissions accountCount builtIn etag }
                  permissions { name }
                  mine: checkPermission(permission: "courses:read") { allowed roles directEffect accountInactive }
                  checkPermission(userId: "%s", permission: "courses:read") { allowed }
                }
                """.formatted(TestGateway.id("User", "ada")));

        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        assertThat(answer.at("/data/roles/0/accountCount").asInt()).isEqualTo(2);
        assertThat(answer.at("/data/mine/directEffect").isNull()).isTrue();
        assertThat(GATEWAY.requests())
                .filteredOn(CheckPermissionRequest.class::isInstance)
                .extracting(request -> ((CheckPermissionRequest) request).getUserId())
                .containsExactlyInAnyOrder(TestGateway.uuid("me"), TestGateway.uuid("ada"));
    }

    @Test
    void aRoleOfNoSuchNameIsNull() {
        GATEWAY.refuse(Refusal.of(Code.NOT_FOUND, "ROLE_NOT_FOUND", Map.of()));

        var answer = GATEWAY.askSignedIn("{ role(name: \"none\") { name } }");

        assertThat(answer.at("/data/role").isNull()).isTrue();
        assertThat(answer.has("errors")).isFalse();
    }

    @Test
    void whatAnAdministratorDoesNamesWhomItConcerns() {
        var ada = TestGateway.id("UserSummary", "ada");
        var answer = GATEWAY.askSignedIn("""
                mutation {
                  suspendAccount(input: {userId: "%1$s", reason: "spam"}) { account { id } }
                  activateAccount(input: {userId: "%1$s"}) { account { id } }
                  removeSecondFactor(input: {userId: "%1$s"}) { userErrors { code } }
                  deleteUser(input: {userId: "%1$s", etag: "4"}) { userErrors { code } }
                  restoreUser(input: {userId: "%1$s"}) { user { id } }
                  updateUser(input: {userId: "%1$s", firstName: "Ada"}) { user { id } }
                  assignRole(input: {userId: "%1$s", role: "tutor"}) { access { roles } }
                  unassignRole(input: {userId: "%1$s", role: "tutor"}) { access { roles } }
                  setUserPermission(input: {userId: "%1$s", permission: "a:b", effect: DENY}) { access { roles } }
                  clearUserPermission(input: {userId: "%1$s", permission: "a:b"}) { access { roles } }
                }
                """.formatted(ada));

        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        assertThat(GATEWAY.requests())
                .hasSize(10)
                .allSatisfy(request ->
                        assertThat(request.toString()).contains("user_id: \"" + TestGateway.uuid("ada") + "\""));
        assertThat(GATEWAY.request(SuspendAccountRequest.class).getReason()).isEqualTo("spam");
        assertThat(GATEWAY.request(DeleteUserRequest.class).getEtag()).isEqualTo("4");
        assertThat(GATEWAY.request(UpdateUserRequest.class).getUpdateMask().getPathsList())
                .containsExactly("first_name");
        assertThat(GATEWAY.request(SetUserPermissionRequest.class).getEffect())
                .isEqualTo(PermissionEffect.PERMISSION_EFFECT_DENY);
    }

    @Test
    void rolesAreChangedByWhatIsGiven() {
        GATEWAY.askSignedIn("""
                mutation {
                  createRole(input: {role: "helper", permissions: ["a:b"]}) { role { name } }
                  updateRole(input: {role: "helper", etag: "2", permissions: []}) { role { name } }
                  deleteRole(input: {role: "helper"}) { userErrors { code } }
                  createPermission(input: {permission: "a:b", description: "x"}) { permission { name } }
                  deletePermission(input: {permission: "a:b"}) { userErrors { code } }
                }
                """);

        assertThat(GATEWAY.requests()).hasSize(5);
        var update = GATEWAY.request(UpdateRoleRequest.class);
        assertThat(update.getRole()).isEqualTo("helper");
        assertThat(update.getEtag()).isEqualTo("2");
        assertThat(update.getUpdateMask().getPathsList()).containsExactly("permissions");
    }

    @Test
    void theAuditLogNamesThePeopleByOneMoreCall() {
        GATEWAY.answer(
                ListAuditEntriesRequest.class,
                request -> ListAuditEntriesResponse.newBuilder()
                        .addEntries(AuditEntry.newBuilder()
                                .setId(TestGateway.uuid("entry"))
                                .setActor(TestGateway.uuid("ada"))
                                .setAction("course.publish")
                                .addChanges(FieldChange.newBuilder()
                                        .setPath("status")
                                        .setAfterJson("\"PUBLISHED\"")))
                        .addEntries(AuditEntry.newBuilder()
                                .setId(TestGateway.uuid("other"))
                                .setActor("service:users"))
                        .addItemTokens("1")
                        .addItemTokens("2")
                        .build());

        var answer =
                GATEWAY.askSignedIn("""
                { auditEntries(filter: {actor: "%s", resourceId: "%s", action: "course.publish",
                    beforeTime: "2026-01-01T00:00:00Z"}, first: 20) {
                    nodes { actor actorUser { displayName } changes { path beforeJson afterJson personal } }
                } }
                """.formatted(TestGateway.id("User", "ada"), TestGateway.id("Course", "course")));

        var nodes = answer.at("/data/auditEntries/nodes");
        assertThat(nodes.at("/0/actorUser/displayName").asText())
                .as(answer.toString())
                .isEqualTo("Ada Lovelace");
        assertThat(nodes.at("/0/changes/0/beforeJson").isNull()).isTrue();
        assertThat(nodes.at("/1/actor").asText()).isEqualTo("service:users");
        assertThat(nodes.at("/1/actorUser").isNull()).isTrue();
        assertThat(GATEWAY.requests()).hasSize(2);
        var request = GATEWAY.request(ListAuditEntriesRequest.class);
        assertThat(request.getActor()).isEqualTo(TestGateway.uuid("ada"));
        assertThat(request.getResourceId()).isEqualTo(TestGateway.uuid("course"));
        assertThat(request.getBeforeTime().getSeconds()).isEqualTo(1_767_225_600);
        assertThat(request.hasFromTime()).isFalse();
    }

    @Test
    void theAuditLogIsAlsoAskedByWhatItsEntriesTell() {
        GATEWAY.askSignedIn(
                "{ auditEntries(filter: {actor: \"service:users\", resourceId: \"tutor\"}, first: 1) { nodes { id } } }");

        var request = GATEWAY.request(ListAuditEntriesRequest.class);
        assertThat(request.getActor()).isEqualTo("service:users");
        assertThat(request.getResourceId()).isEqualTo("tutor");
    }

    @Test
    void emailsAreListedFoundAndTriedAgain() {
        var email = Delivery.newBuilder()
                .setId(TestGateway.uuid("email"))
                .setUserId(TestGateway.uuid("ada"))
                .setChannel(Channel.CHANNEL_EMAIL)
                .setState(DeliveryState.DELIVERY_STATE_FAILED)
                .build();
        GATEWAY.answer(
                ListDeliveriesRequest.class,
                request -> ListDeliveriesResponse.newBuilder()
                        .addDeliveries(email)
                        .addItemTokens("1")
                        .build());
        GATEWAY.answer(
                GetDeliveryRequest.class,
                request -> GetDeliveryResponse.newBuilder().setDelivery(email).build());

        var answer =
                GATEWAY.askSignedIn("""
                {
                  deliveries(filter: {state: FAILED, userId: "%s"}, first: 5) {
                    nodes { id channel state user { displayName } }
                  }
                  node(id: "%s") { ... on Delivery { channel } }
                }
                """.formatted(TestGateway.id("User", "ada"), TestGateway.id("Delivery", "email")));
        GATEWAY.askSignedIn("mutation { retryDelivery(input: {deliveryId: \""
                + answer.at("/data/deliveries/nodes/0/id").asText() + "\"}) { delivery { state } } }");

        assertThat(answer.at("/data/node/channel").asText())
                .as(answer.toString())
                .isEqualTo("EMAIL");
        assertThat(answer.at("/data/deliveries/nodes/0/user/displayName").asText())
                .isEqualTo("Ada Lovelace");
        assertThat(GATEWAY.request(ListDeliveriesRequest.class).getUserId()).isEqualTo(TestGateway.uuid("ada"));
        assertThat(GATEWAY.request(RetryDeliveryRequest.class).getDeliveryId()).isEqualTo(TestGateway.uuid("email"));
    }

    @Test
    void anIdOfNoPersonIsRefusedBeforeAnyServiceIsAsked() {
        var course = TestGateway.id("Course", "course");

        var query = GATEWAY.askSignedIn("{ user(id: \"" + course + "\") { firstName } }");
        var filter =
                GATEWAY.askSignedIn("{ deliveries(filter: {userId: \"" + course + "\"}, first: 1) { nodes { id } } }");
        var mutation = GATEWAY.askSignedIn(
                "mutation { suspendAccount(input: {userId: \"" + course + "\"}) { userErrors { field code } } }");

        assertThat(query.at("/errors/0/extensions/reason").asText()).isEqualTo("ID_INVALID");
        assertThat(filter.at("/errors/0/extensions/reason").asText()).isEqualTo("ID_INVALID");
        assertThat(TestGateway.texts(mutation.at("/data/suspendAccount/userErrors/0/field")))
                .containsExactly("input", "userId");
        assertThat(GATEWAY.requests()).isEmpty();
    }

    private static ListUsersResponse users(ListUsersRequest request) {
        var page = ListUsersResponse.newBuilder();
        for (var index = 0; index < request.getPageSize(); index++) {
            page.addUsers(User.newBuilder()
                            .setId(TestGateway.uuid("user" + index))
                            .setFirstName("Ada"))
                    .addItemTokens("token" + index);
        }
        return page.build();
    }

    private static GetFullUserResponse full(GetFullUserRequest request) {
        return GetFullUserResponse.newBuilder()
                .setFullUser(FullUser.newBuilder()
                        .setUser(User.newBuilder().setId(request.getUserId()).setFirstName("Ada"))
                        .setProfile(UserProfile.newBuilder().setBio("Analyst")))
                .build();
    }
}
