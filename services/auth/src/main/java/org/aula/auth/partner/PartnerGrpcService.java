package org.aula.auth.partner;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.aula.api.auth.v1.CreatePartnerRequest;
import org.aula.api.auth.v1.CreatePartnerResponse;
import org.aula.api.auth.v1.GetPartnerRequest;
import org.aula.api.auth.v1.GetPartnerResponse;
import org.aula.api.auth.v1.ListPartnersRequest;
import org.aula.api.auth.v1.ListPartnersResponse;
import org.aula.api.auth.v1.Partner;
import org.aula.api.auth.v1.PartnerServiceHandler;
import org.aula.api.auth.v1.RevokePartnerRequest;
import org.aula.api.auth.v1.RevokePartnerResponse;
import org.aula.api.auth.v1.RotatePartnerRequest;
import org.aula.api.auth.v1.RotatePartnerResponse;
import org.aula.auth.key.HmacTokens;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;

/// `aula.auth.v1.PartnerService`. Secrets are put into answers here, behind what is kept for repetitions.
@Singleton
final class PartnerGrpcService extends PartnerServiceHandler {

    private static final int PAGE_SIZE = 20;
    private static final int MAX_PAGE = 100;

    private final PartnerService partners;
    private final HmacTokens codes;
    private final Idempotency idempotency;
    private final PageTokens tokens;

    PartnerGrpcService(PartnerService partners, HmacTokens codes, Idempotency idempotency, PageTokens tokens) {
        this.partners = partners;
        this.codes = codes;
        this.idempotency = idempotency;
        this.tokens = tokens;
    }

    @Override
    protected ListPartnersResponse listPartners(ListPartnersRequest request) {
        var size = Page.size(request.getPageSize(), PAGE_SIZE, MAX_PAGE);
        var after =
                tokens.open(request, request.getPageToken()).map(List::getFirst).map(UUID::fromString);
        var rows = partners.list(after.orElse(null), size + 1);
        var page = Page.of(
                rows, size, tokens, request, org.aula.auth.partner.Partner::sortKey, request.getWithItemTokens());
        return ListPartnersResponse.newBuilder()
                .addAllPartners(partners.withSecrets(page.items()).stream()
                        .map(PartnerMapper::toProto)
                        .toList())
                .setNextPageToken(page.nextPageToken())
                .addAllItemTokens(page.itemTokens())
                .build();
    }

    @Override
    protected GetPartnerResponse getPartner(GetPartnerRequest request) {
        return GetPartnerResponse.newBuilder()
                .setPartner(PartnerMapper.toProto(partners.get(UUID.fromString(request.getPartnerId()))))
                .build();
    }

    @Override
    protected CreatePartnerResponse createPartner(CreatePartnerRequest request) {
        var kept = idempotency.run(
                request,
                CreatePartnerResponse.parser(),
                () -> CreatePartnerResponse.newBuilder()
                        .setPartner(PartnerMapper.toProto(
                                partners.create(request.getName(), request.getScopesList(), request.getJwksJson())))
                        .build());
        return request.getJwksJson().isEmpty()
                ? kept.toBuilder().setSecret(newest(kept.getPartner())).build()
                : kept;
    }

    @Override
    protected RotatePartnerResponse rotatePartner(RotatePartnerRequest request) {
        var kept = idempotency.run(
                request,
                RotatePartnerResponse.parser(),
                () -> RotatePartnerResponse.newBuilder()
                        .setPartner(PartnerMapper.toProto(
                                partners.rotate(UUID.fromString(request.getPartnerId()), request.getJwksJson())))
                        .build());
        return request.getJwksJson().isEmpty()
                ? kept.toBuilder().setSecret(newest(kept.getPartner())).build()
                : kept;
    }

    @Override
    protected RevokePartnerResponse revokePartner(RevokePartnerRequest request) {
        var revoked = partners.revoke(UUID.fromString(request.getPartnerId()));
        return RevokePartnerResponse.newBuilder()
                .setPartner(PartnerMapper.toProto(revoked))
                .build();
    }

    private String newest(Partner partner) {
        return PartnerSecret.text(UUID.fromString(partner.getSecrets(0).getId()), codes);
    }
}
