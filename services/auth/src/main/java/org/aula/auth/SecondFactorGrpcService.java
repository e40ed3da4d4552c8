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
import org.aula.auth.factor.SecondFactors;
import org.aula.auth.session.SecondFactorSetup;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.time.Times;

/// `aula.auth.v1.SecondFactorService`. Its audit entries name the account and the action: everything
/// else is secret.
@Singleton
final class SecondFactorGrpcService extends SecondFactorServiceHandler {

    private final SecondFactors factors;
    private final SecondFactorSetup setup;
    private final Database database;
    private final Audit audit;

    SecondFactorGrpcService(SecondFactors factors, SecondFactorSetup setup, Database database, Audit audit) {
        this.factors = factors;
        this.setup = setup;
        this.database = database;
        this.audit = audit;
    }

    @Override
    protected GetSecondFactorResponse getSecondFactor(GetSecondFactorRequest request) {
        var id = UUID.fromString(request.getUserId());
        CallScope.current().requireOwner(id);
        var response = GetSecondFactorResponse.newBuilder();
        database.query(() -> factors.find(id))
                .ifPresent(factor -> response.setActive(true)
                        .setActiveTime(Times.timestamp(factor.activeSince()))
                        .setRecoveryCodesLeft(factor.recoveryCodesLeft()));
        return response.build();
    }

    @Override
    protected BeginTotpResponse beginTotp(BeginTotpRequest request) {
        var secret = setup.begin(CallScope.current().requireUser(), request.getPassword());
        return BeginTotpResponse.newBuilder()
                .setSecret(secret.base32())
                .setOtpauthUri(secret.uri())
                .build();
    }

    @Override
    protected ConfirmTotpResponse confirmTotp(ConfirmTotpRequest request) {
        var codes = setup.confirm(CallScope.current().requireUser(), request.getCode(), this::record);
        return ConfirmTotpResponse.newBuilder().addAllRecoveryCodes(codes).build();
    }

    @Override
    protected DisableTotpResponse disableTotp(DisableTotpRequest request) {
        setup.disable(CallScope.current().requireUser(), request.getPassword(), this::record);
        return DisableTotpResponse.getDefaultInstance();
    }

    @Override
    protected RegenerateRecoveryCodesResponse regenerateRecoveryCodes(RegenerateRecoveryCodesRequest request) {
        var codes = setup.regenerate(CallScope.current().requireUser(), request.getPassword(), this::record);
        return RegenerateRecoveryCodesResponse.newBuilder()
                .addAllRecoveryCodes(codes)
                .build();
    }

    @Override
    protected RemoveSecondFactorResponse removeSecondFactor(RemoveSecondFactorRequest request) {
        if (!setup.remove(UUID.fromString(request.getUserId()), this::record)) {
            // There was none.
            audit.nothing();
        }
        return RemoveSecondFactorResponse.getDefaultInstance();
    }

    private void record(UUID accountId) {
        audit.recordAction("user", accountId);
    }
}
