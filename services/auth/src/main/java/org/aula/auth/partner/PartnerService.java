package org.aula.auth.partner;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.rpc.Code;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.auth.access.AccessEvents;
import org.aula.auth.key.HmacTokens;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.time.Times;
import org.jspecify.annotations.Nullable;

/// Makes partners, gives them secrets and ends them.
///
/// Every method throws [ServiceException] with the reasons that the contract names for its RPC.
@Singleton
final class PartnerService {

    private static final String RESOURCE = "partner";
    private static final int SECRETS = 2;

    /// A partner with its secrets, the newest first.
    record Credentials(Partner partner, List<PartnerSecret> secrets) {}

    private final PartnerRepository partners;
    private final PartnerSecretRepository secrets;
    private final AccessEvents events;
    private final HmacTokens codes;
    private final Database database;
    private final Audit audit;
    private final Clock clock;

    PartnerService(
            PartnerRepository partners,
            PartnerSecretRepository secrets,
            AccessEvents events,
            HmacTokens codes,
            Database database,
            Audit audit,
            Clock clock) {
        this.partners = partners;
        this.secrets = secrets;
        this.events = events;
        this.codes = codes;
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    /// The newest first.
    ///
    /// @param after the last one of the page before; null for the first page
    List<Partner> list(@Nullable UUID after, int most) {
        return database.query(() -> partners.list(after, most));
    }

    Credentials get(UUID id) {
        return database.query(() -> read(partners.find(id).orElseThrow(PartnerService::notFound)));
    }

    /// What belongs to these partners.
    List<Credentials> withSecrets(List<Partner> listed) {
        var byPartner = database
                .query(() -> secrets.list(listed.stream().map(Partner::id).toList()))
                .stream()
                .collect(Collectors.groupingBy(PartnerSecret::partnerId));
        return listed.stream()
                .map(partner -> new Credentials(partner, byPartner.getOrDefault(partner.id(), List.of())))
                .toList();
    }

    /// Adds a partner, in the caller's transaction.
    ///
    /// @param jwksJson its public keys; empty for a secret instead
    Credentials create(String name, List<String> scopes, String jwksJson) {
        requireGiveable(scopes);
        var now = Times.now(clock);
        var sorted = scopes.stream().sorted().toList();
        var jwks = jwksJson.isEmpty() ? null : PartnerKeys.requireGood(jwksJson);
        var partner = new Partner(UuidCreator.getTimeOrderedEpoch(), name, sorted, jwks, now, null, null);
        partners.insert(partner);
        if (jwks == null) {
            secrets.insert(PartnerSecret.make(partner.id(), codes, now));
        }
        var made = read(partner);
        audit.recordCreated(RESOURCE, partner.id(), PartnerMapper.toProto(made));
        return made;
    }

    /// Gives other keys, or another secret, in the caller's transaction.
    ///
    /// @param jwksJson public keys; empty for a secret
    Credentials rotate(UUID id, String jwksJson) {
        var before = read(partners.lock(id).orElseThrow(PartnerService::notFound));
        if (before.partner().isRevoked()) {
            throw Errors.failedPrecondition(
                    ErrorReason.ERROR_REASON_PARTNER_REVOKED, "the partner is revoked; make another", Map.of());
        }
        Credentials after;
        if (jwksJson.isEmpty()) {
            secrets.insert(PartnerSecret.make(id, codes, Times.now(clock)));
            secrets.endOlder(id, SECRETS);
            after = read(before.partner());
        } else {
            var jwks = PartnerKeys.requireGood(jwksJson);
            partners.setKeys(id, jwks);
            after = new Credentials(before.partner().with(jwks), before.secrets());
        }
        audit.record(RESOURCE, id, PartnerMapper.toProto(before), PartnerMapper.toProto(after));
        return after;
    }

    /// Ends a partner: its secrets and keys go, and what it still has of tokens is stale.
    Credentials revoke(UUID id) {
        return database.transact(() -> {
            requireKnown(id);
            // Holds back issuing first, which waits for the partner's row behind it.
            events.accountChanged(id);
            var before = read(partners.lock(id).orElseThrow(PartnerService::notFound));
            if (before.partner().isRevoked()) {
                audit.nothing();
                return before;
            }
            var now = Times.now(clock);
            partners.revoke(id, now);
            secrets.endOlder(id, 0);
            var after = new Credentials(before.partner().with(null).revoked(now), List.of());
            audit.record(RESOURCE, id, PartnerMapper.toProto(before), PartnerMapper.toProto(after));
            return after;
        });
    }

    private void requireKnown(UUID id) {
        if (partners.find(id).isEmpty()) {
            throw notFound();
        }
    }

    /// Nobody gives what they have not.
    private void requireGiveable(List<String> scopes) {
        var known = partners.findPermissionNames(scopes);
        var unknown = missing(scopes, known::contains);
        if (!unknown.isEmpty()) {
            throw Errors.of(
                    Code.NOT_FOUND,
                    ErrorReason.ERROR_REASON_PERMISSION_NOT_FOUND,
                    "permission not found",
                    Map.of("permission", unknown.getFirst()));
        }
        var caller = CallScope.current().caller();
        var foreign = missing(scopes, caller::holds);
        if (!foreign.isEmpty()) {
            throw Errors.permissionDenied(
                    org.aula.api.common.v1.ErrorReason.ERROR_REASON_PERMISSION_MISSING,
                    "a partner cannot have more than whoever makes it",
                    Map.of("permissions", String.join(",", foreign)));
        }
    }

    private static List<String> missing(List<String> names, Predicate<String> there) {
        return names.stream().filter(there.negate()).sorted().toList();
    }

    private Credentials read(Partner partner) {
        return new Credentials(partner, secrets.list(List.of(partner.id())));
    }

    private static ServiceException notFound() {
        return Errors.notFound(ErrorReason.ERROR_REASON_PARTNER_NOT_FOUND, "partner not found");
    }
}
