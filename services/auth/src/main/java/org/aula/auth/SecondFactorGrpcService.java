package org.aula.auth;

import io.grpc.stub.StreamObserver;
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
import org.aula.api.auth.v1.SecondFactorServiceGrpc;
import org.aula.auth.factor.SecondFactors;
import org.aula.auth.session.SecondFactorSetup;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.server.Replies;
import org.aula.kernel.time.Times;
import org.jdbi.v3.core.Handle;

/// `aula.auth.v1.SecondFactorService`. Its audit entries name the account and the action: everything
/// else is secret.
@Singleton
final class SecondFactorGrpcService extends SecondFactorServiceGrpc.SecondFactorServiceImplBase {

    private final SecondFactors factors;
    private final SecondFactorSetup setup;
    private final Transactions transactions;
    private final Audit audit;

    SecondFactorGrpcService(SecondFactors factors, SecondFactorSetup setup, Transactions transactions, Audit audit) {
        this.factors = factors;
        this.setup = setup;
        this.transactions = transactions;
        this.audit = audit;
    }

    @Override
    public void getSecondFactor(GetSecondFactorRequest request, StreamObserver<GetSecondFactorResponse> observer) {
        var id = UUID.fromString(request.getUserId());
        CallScope.current().requireOwner(id);
        var response = GetSecondFactorResponse.newBuilder();
        transactions
                .read(handle -> factors.find(handle, id))
                .ifPresent(factor -> response.setActive(true)
                        .setActiveTime(Times.timestamp(factor.activeSince()))
                        .setRecoveryCodesLeft(factor.recoveryCodesLeft()));
        Replies.send(observer, response.build());
    }

    @Override
    public void beginTotp(BeginTotpRequest request, StreamObserver<BeginTotpResponse> observer) {
        var secret = setup.begin(CallScope.current().requireUser(), request.getPassword());
        Replies.send(
                observer,
                BeginTotpResponse.newBuilder()
                        .setSecret(secret.base32())
                        .setOtpauthUri(secret.uri())
                        .build());
    }

    @Override
    public void confirmTotp(ConfirmTotpRequest request, StreamObserver<ConfirmTotpResponse> observer) {
        var codes = setup.confirm(CallScope.current().requireUser(), request.getCode(), this::record);
        Replies.send(
                observer,
                ConfirmTotpResponse.newBuilder().addAllRecoveryCodes(codes).build());
    }

    @Override
    public void disableTotp(DisableTotpRequest request, StreamObserver<DisableTotpResponse> observer) {
        setup.disable(CallScope.current().requireUser(), request.getPassword(), this::record);
        Replies.send(observer, DisableTotpResponse.getDefaultInstance());
    }

    @Override
    public void regenerateRecoveryCodes(
            RegenerateRecoveryCodesRequest request, StreamObserver<RegenerateRecoveryCodesResponse> observer) {
        var codes = setup.regenerate(CallScope.current().requireUser(), request.getPassword(), this::record);
        Replies.send(
                observer,
                RegenerateRecoveryCodesResponse.newBuilder()
                        .addAllRecoveryCodes(codes)
                        .build());
    }

    @Override
    public void removeSecondFactor(
            RemoveSecondFactorRequest request, StreamObserver<RemoveSecondFactorResponse> observer) {
        if (!setup.remove(UUID.fromString(request.getUserId()), this::record)) {
            // There was none.
            audit.nothing();
        }
        Replies.send(observer, RemoveSecondFactorResponse.getDefaultInstance());
    }

    private void record(Handle handle, UUID accountId) {
        audit.record(handle, "user", accountId, null, null);
    }
}
