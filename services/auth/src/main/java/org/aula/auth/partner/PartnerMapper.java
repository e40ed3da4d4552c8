package org.aula.auth.partner;

import org.aula.auth.partner.PartnerService.Credentials;
import org.aula.kernel.time.Times;

/// Partners to messages.
final class PartnerMapper {

    private PartnerMapper() {}

    static org.aula.api.auth.v1.Partner toProto(Credentials credentials) {
        var partner = credentials.partner();
        var message = org.aula.api.auth.v1.Partner.newBuilder()
                .setId(partner.id().toString())
                .setName(partner.name())
                .addAllScopes(partner.scopes())
                .addAllSecrets(credentials.secrets().stream()
                        .map(PartnerMapper::toProto)
                        .toList())
                .setCreateTime(Times.timestamp(partner.createdAt()));
        if (partner.jwks() != null) {
            message.setJwksJson(partner.jwks());
        }
        if (partner.lastUsedAt() != null) {
            message.setLastUseTime(Times.timestamp(partner.lastUsedAt()));
        }
        if (partner.revokedAt() != null) {
            message.setRevokeTime(Times.timestamp(partner.revokedAt()));
        }
        return message.build();
    }

    private static org.aula.api.auth.v1.PartnerSecret toProto(PartnerSecret secret) {
        var message = org.aula.api.auth.v1.PartnerSecret.newBuilder()
                .setId(secret.id().toString())
                .setCreateTime(Times.timestamp(secret.createdAt()));
        if (secret.lastUsedAt() != null) {
            message.setLastUseTime(Times.timestamp(secret.lastUsedAt()));
        }
        return message.build();
    }
}
