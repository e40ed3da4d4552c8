package org.aula.local.access;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aula.api.options.v1.Policy;
import org.aula.kernel.testing.TestEngines;
import org.aula.local.access.Matrix.Row;
import org.junit.jupiter.api.Test;

/// The matrix has a row for each method of the contract, and no row contradicts what the method's policy
/// alone says of the seeded roles. This repeats the meaning of a policy on purpose: neither the kernel nor
/// the matrix can change it alone.
final class MatrixAndContractTest {

    private static final Set<String> PASSED = Set.of("ok");
    private static final Set<String> PASSED_OR_NOTHING_THERE = Set.of("ok", "nothing");
    private static final Set<String> PASSED_UNLESS_OTHERS = Set.of("ok", "hidden");
    private static final Set<String> LEFT_TO_THE_HANDLER = Set.of("ok", "hidden", "nothing", "enrollment");
    /// Beside `signed_in` permissions say for whom the handler opens everything.
    private static final Set<String> OPENED_IN_PART = Set.of("ok", "permission");

    private static final Set<String> OPENED_UNTIL_VERIFIED = Set.of("ok", "unverified");
    private static final Set<String> NOT_VERIFIED = Set.of("unverified");

    private static final Set<String> SOMEBODY_ELSES = Set.of("owner", "hidden");
    private static final Set<String> NO_PERMISSION = Set.of("permission");
    private static final Set<String> NOT_SIGNED_IN = Set.of("sign-in");
    private static final Set<String> NOBODY = Set.of("-");

    @Test
    void everyMethodHasARowAndEveryRowAMethod() {
        var rows = Matrix.read();
        assertThat(rows.stream().map(Row::method).collect(toSet()))
                .as("methods with a row in authorisation-matrix.txt")
                .isEqualTo(Contract.methods().keySet());
        assertThat(rows.stream().map(row -> row.method() + " " + row.thing().title()))
                .doesNotHaveDuplicates();
    }

    @Test
    void aMethodWhoseRequestNamesSomethingSaysWhatItIs() {
        assertThat(Matrix.read())
                .filteredOn(row -> row.thing() == Thing.NONE)
                .allSatisfy(row -> assertThat(Requests.namesSomething(Contract.method(row.method())))
                        .as(row.method())
                        .isFalse());
    }

    @Test
    void whatBelongsToNobodyOrIsAlwaysOnesOwnIsTheSameForOthers() {
        assertThat(Matrix.read())
                .filteredOn(row -> row.thing().whose() != Thing.Whose.ANYBODYS)
                .allSatisfy(row -> assertThat(row.persons())
                        .as(row.title())
                        .allSatisfy(pair -> assertThat(pair.own()).isEqualTo(pair.other())));
    }

    @Test
    void noRowContradictsTheMethodsPolicy() {
        var permissions = permissionsOfRoles();
        var contradictions = new ArrayList<String>();
        for (var row : Matrix.read()) {
            var policy = Contract.method(row.method()).policy();
            require(row, "anonymous", row.anonymous(), ofVisitor(policy), contradictions);
            for (int index = 0; index < Matrix.PERSONS.size(); index++) {
                var column = Matrix.PERSONS.get(index);
                var pair = row.persons().get(index);
                var held = permissions.getOrDefault(column, Set.of());
                var waits = column.equals(Matrix.UNVERIFIED) && policy.getVerified();
                var own = waits ? ofUnverified(policy, held) : ofOwn(policy, held);
                var others = waits ? ofUnverified(policy, held) : ofOthers(policy, held);
                require(row, column + ", own", pair.own(), own, contradictions);
                require(row, column + ", other's", pair.other(), others, contradictions);
            }
            require(row, "partner", row.partner(), ofPartner(policy), contradictions);
            require(row, "named", row.named(), ofNamed(policy), contradictions);
            require(row, "unnamed", row.unnamed(), ofUnnamed(policy), contradictions);
        }
        assertThat(contradictions).isEmpty();
    }

    private static Set<String> ofVisitor(Policy policy) {
        return policy.getAnonymous() ? LEFT_TO_THE_HANDLER : NOT_SIGNED_IN;
    }

    private static Set<String> ofOwn(Policy policy, Set<String> held) {
        if (opens(policy, held) || policy.getOwner()) {
            return PASSED;
        }
        return ofAnybody(policy);
    }

    private static Set<String> ofAnybody(Policy policy) {
        if (policy.getSignedIn() && policy.getPermissionsCount() > 0) {
            return OPENED_IN_PART;
        }
        return policy.getAnonymous() || policy.getSignedIn() ? LEFT_TO_THE_HANDLER : NO_PERMISSION;
    }

    private static Set<String> ofOthers(Policy policy, Set<String> held) {
        if (opens(policy, held)) {
            return policy.getOwner() ? PASSED : PASSED_UNLESS_OTHERS;
        }
        if (policy.getOwner()) {
            return SOMEBODY_ELSES;
        }
        return ofAnybody(policy);
    }

    /// Whoever may not at all is told so; beside what permissions open, what anybody may do stays open.
    private static Set<String> ofUnverified(Policy policy, Set<String> held) {
        if (policy.getSignedIn() && policy.getPermissionsCount() > 0) {
            return opens(policy, held) ? OPENED_UNTIL_VERIFIED : OPENED_IN_PART;
        }
        return opens(policy, held) || policy.getOwner() || policy.getSignedIn() ? NOT_VERIFIED : NO_PERMISSION;
    }

    private static boolean opens(Policy policy, Set<String> held) {
        return policy.getPermissionsList().stream().anyMatch(held::contains);
    }

    /// Its scopes are all permissions, and it is nobody: what a permission opens may still be for persons only.
    private static Set<String> ofPartner(Policy policy) {
        if (policy.getPermissionsCount() > 0) {
            return OPENED_IN_PART;
        }
        return policy.getAnonymous() ? LEFT_TO_THE_HANDLER : NO_PERMISSION;
    }

    private static Set<String> ofNamed(Policy policy) {
        return policy.getServicesCount() > 0 ? PASSED : NOBODY;
    }

    private static Set<String> ofUnnamed(Policy policy) {
        return policy.getAnonymous() ? PASSED_OR_NOTHING_THERE : NO_PERMISSION;
    }

    private static void require(
            Row row, String column, Expectation found, Set<String> allowed, List<String> contradictions) {
        var word = found.passes() ? "ok" : found.text();
        if (!allowed.contains(word)) {
            contradictions.add(row.title() + ", " + column + ": " + found + ", but the policy allows " + allowed);
        }
    }

    /// As the changelogs seed them. Everybody who registers is a student, whatever else they are.
    private static Map<String, Set<String>> permissionsOfRoles() {
        record Grant(String role, String permission) {}
        var seeded = TestEngines.superuser()
                .withHandle(handle -> handle.createQuery("SELECT role, permission FROM auth.role_permissions")
                        .map((row, context) -> new Grant(row.getString("role"), row.getString("permission")))
                        .list())
                .stream()
                .collect(groupingBy(Grant::role, mapping(Grant::permission, toSet())));
        var student = seeded.getOrDefault("student", Set.of());
        seeded.put(Matrix.UNVERIFIED, new HashSet<>(seeded.getOrDefault("instructor", Set.of())));
        Matrix.PERSONS.forEach(column ->
                seeded.computeIfAbsent(column, ignored -> new HashSet<>()).addAll(student));
        return seeded;
    }
}
