package org.aula.auth;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.auth.v1.BeginTotpRequest;
import org.aula.api.auth.v1.BeginTotpResponse;
import org.aula.api.auth.v1.ConfirmTotpRequest;
import org.aula.api.auth.v1.ConfirmTotpResponse;
import org.aula.api.auth.v1.DisableTotpRequest;
import org.aula.api.auth.v1.DisableTotpResponse;
import org.aula.api.auth.v1.GetSecondFactorRequest;
import org.aula.api.auth.v1.GetSecondFactorResponse;
import org.aula.api.auth.v1.RegenerateRecoveryCodesRequest;
import org.aula.api.auth.v1.RegenerateRecoveryCodesResponse;
import org.aula.api.auth.v1.RemoveSecondFactorRequest;
import org.aula.api.auth.v1.RemoveSecondFactorResponse;
import org.aula.api.auth.v1.SecondFactorServiceHandler;
import org.aula.auth.session.SecondFactorService;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.time.Times;

/// `aula.auth.v1.SecondFactorService`.
@Singleton
final class SecondFactorGrpcService extends SecondFactorServiceHandler {

    private final SecondFactorService factors;

    SecondFactorGrpcService(SecondFactorService factors) {
        this.factors = factors;
    }

    @Override
    protected GetSecondFactorResponse getSecondFactor(GetSecondFactorRequest request) {
        var id = UUID.fromString(request.getUserId());
        CallScope.current().requireOwner(id);
        var response = GetSecondFactorResponse.newBuilder();
        factors.find(id)
                .ifPresent(factor -> response.setActive(true)
                        .setActiveTime(Times.timestamp(factor.activeSince()))
                        .setRecoveryCodesLeft(factor.recoveryCodesLeft()));
        return response.build();
    }

    @Override
    protected BeginTotpResponse beginTotp(BeginTotpRequest request) {
        var secret = factors.begin(CallScope.current().requireUser(), request.getPassword());
        return BeginTotpResponse.newBuilder()
                .setSecret(secret.base32())
                .setOtpauthUri(secret.uri())
                .build();
    }

    @Override
    protected ConfirmTotpResponse confirmTotp(ConfirmTotpRequest request) {
        var codes = factors.confirm(CallScope.current().requireUser(), request.getCode());
        return ConfirmTotpResponse.newBuilder().addAllRecoveryCodes(codes).build();
    }

    @Override
    protected DisableTotpResponse disableTotp(DisableTotpRequest request) {
        factors.disable(CallScope.current().requireUser(), request.getPassword());
        return DisableTotpResponse.getDefaultInstance();
    }

    @Override
    protected RegenerateRecoveryCodesResponse regenerateRecoveryCodes(RegenerateRecoveryCodesRequest request) {
        var codes = factors.regenerate(CallScope.current().requireUser(), request.getPassword());
        return RegenerateRecoveryCodesResponse.newBuilder()
                .addAllRecoveryCodes(codes)
                .build();
    }

    @Override
    protected RemoveSecondFactorResponse removeSecondFactor(RemoveSecondFactorRequest request) {
        factors.remove(UUID.fromString(request.getUserId()));
        return RemoveSecondFactorResponse.getDefaultInstance();
    }
}
