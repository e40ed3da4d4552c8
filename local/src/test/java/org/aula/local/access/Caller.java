package org.aula.local.access;

import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.aula.kernel.contract.ContractMethod;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.local.access.Cell.By;
import org.jspecify.annotations.Nullable;

/// Makes the calls of the matrix.
///
/// Calls that may change something and should pass get things of their own, and persons of their own if it
/// is them who would be changed; all others share theirs. So cells can be called in any order.
final class Caller {

    private static final String STUDENT = "student";

    private final TestPlatform platform;
    private final People people;
    private final Things things;
    private @Nullable Set<String> secrets;

    Caller(TestPlatform platform) {
        this.platform = platform;
        var client = new Client(platform);
        this.people = new People(client, platform.superuser());
        this.things = new Things(client, people, platform.superuser());
    }

    /// Who calls, about whose thing.
    private record Parties(@Nullable Person caller, Person owner) {}

    Outcome call(Cell cell) throws Exception {
        var method = Contract.method(cell.row().method());
        var thing = cell.row().thing();
        var fresh = Contract.changes(method) && cell.expected().passes();
        var parties = parties(cell, fresh && thing.isPersonal());
        var known = new HashMap<>(fresh ? things.make(thing, parties.owner()) : things.shared(thing, parties.owner()));
        if (cell.caller() instanceof Cell.Service) {
            // Services upload for somebody; persons for themselves.
            known.put("owner_id", parties.owner().id());
        }
        return call(cell, parties.caller(), method, known);
    }

    /// The same call about something that does not exist.
    Outcome callAboutNothing(Cell cell) throws Exception {
        var method = Contract.method(cell.row().method());
        var parties = parties(cell, false);
        var known = new HashMap<>(things.shared(cell.row().thing(), parties.owner()));
        known.replaceAll(
                (name, value) -> name.endsWith("_id") ? UUID.randomUUID().toString() : value);
        return call(cell, parties.caller(), method, known);
    }

    private Outcome call(Cell cell, @Nullable Person caller, ContractMethod method, Map<String, String> known)
            throws Exception {
        var request = Requests.of(method, known);
        var channel = channel(cell.caller(), caller, Contract.service(method));
        try {
            var answer = Client.call(channel, method, request);
            var leak = mayKnowAll(cell.caller()) ? null : Answers.leak(request, answer, secrets());
            return Outcome.of(request, answer, leak);
        } catch (StatusRuntimeException refused) {
            return Outcome.of(Refusal.of(() -> {
                throw refused;
            }));
        }
    }

    private Parties parties(Cell cell, boolean fresh) {
        var caller = cell.caller() instanceof Cell.Someone someone
                ? fresh && cell.own() ? people.join(someone.column()) : people.one(someone.column())
                : null;
        if (cell.own() && caller != null) {
            return new Parties(caller, caller);
        }
        var isStrangers = cell.row().thing().whose() == Thing.Whose.ANYBODYS
                || !cell.row().thing().isPersonal();
        return new Parties(caller, fresh ? people.join(STUDENT) : isStrangers ? people.stranger() : spare(cell));
    }

    /// Somebody whose password, second factor or deletion is nobody else's concern.
    private Person spare(Cell cell) {
        return people.known("with " + cell.row().thing(), STUDENT);
    }

    private Channel channel(By by, @Nullable Person caller, String service) {
        return switch (by) {
            case Cell.Visitor ignored -> platform.anonymous(service);
            case Cell.Someone ignored ->
                platform.withToken(service, Objects.requireNonNull(caller).accessToken());
            case Cell.Partner ignored -> platform.withToken(service, people.partnerToken());
            case Cell.Service from -> platform.asService(from.name(), service);
        };
    }

    /// Whether nothing is a secret to them.
    static boolean mayKnowAll(By by) {
        return by instanceof Cell.Service || by instanceof Cell.Partner || by.equals(new Cell.Someone("admin"));
    }

    private Set<String> secrets() {
        if (secrets == null) {
            secrets = things.secretsOf(people.stranger());
        }
        return secrets;
    }
}
