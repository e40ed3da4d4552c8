package org.aula.auth;

import com.google.rpc.Code;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import org.aula.api.auth.v1.AuthServiceHandler;
import org.aula.api.auth.v1.CompleteLoginRequest;
import org.aula.api.auth.v1.CompleteLoginResponse;
import org.aula.api.auth.v1.ErrorReason;
import org.aula.api.auth.v1.GetJwksRequest;
import org.aula.api.auth.v1.GetJwksResponse;
import org.aula.api.auth.v1.GetMeRequest;
import org.aula.api.auth.v1.GetMeResponse;
import org.aula.api.auth.v1.GetRegistrationRequest;
import org.aula.api.auth.v1.GetRegistrationResponse;
import org.aula.api.auth.v1.GetRegistrationStateRequest;
import org.aula.api.auth.v1.GetRegistrationStateResponse;
import org.aula.api.auth.v1.LoginRequest;
import org.aula.api.auth.v1.LoginResponse;
import org.aula.api.auth.v1.LogoutRequest;
import org.aula.api.auth.v1.LogoutResponse;
import org.aula.api.auth.v1.RefreshTokensRequest;
import org.aula.api.auth.v1.RefreshTokensResponse;
import org.aula.api.auth.v1.RegisterRequest;
import org.aula.api.auth.v1.RegisterResponse;
import org.aula.auth.account.AccountErrors;
import org.aula.auth.account.AccountMapper;
import org.aula.auth.account.AccountRepository;
import org.aula.auth.key.HmacTokens;
import org.aula.auth.key.SigningKeys;
import org.aula.auth.password.Passwords;
import org.aula.auth.registration.RegistrationMapper;
import org.aula.auth.registration.Registrations;
import org.aula.auth.session.SessionMapper;
import org.aula.auth.session.Sessions;
import org.aula.auth.session.SignIn;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.postgres.Database;

/// `aula.auth.v1.AuthService`.
@Singleton
final class AuthGrpcService extends AuthServiceHandler {

    private final Database database;
    private final Idempotency idempotency;
    private final Audit audit;
    private final AccountRepository accounts;
    private final Registrations registrations;
    private final Sessions sessions;
    private final Passwords passwords;
    private final SigningKeys signingKeys;
    private final HmacTokens codes;

    AuthGrpcService(
            Database database,
            Idempotency idempotency,
            Audit audit,
            AccountRepository accounts,
            Registrations registrations,
            Sessions sessions,
            Passwords passwords,
            SigningKeys signingKeys,
            HmacTokens codes) {
        this.database = database;
        this.idempotency = idempotency;
        this.audit = audit;
        this.accounts = accounts;
        this.registrations = registrations;
        this.sessions = sessions;
        this.passwords = passwords;
        this.signingKeys = signingKeys;
        this.codes = codes;
    }

    @Override
    protected RegisterResponse register(RegisterRequest request) {
        var registration = RegistrationMapper.fromProto(request);
        registration.requireKnownTimeZone();
        // Before the transaction: a hash takes long, and connections are few.
        String hash;
        try (var turn = passwords.takeTurn()) {
            hash = turn.hash(request.getPassword());
        }
        var kept = idempotency.run(withoutPassword(request), RegisterResponse.parser(), () -> {
            var account = AccountMapper.toProto(
                    registrations.register(request.getEmail(), request.getUsername(), hash, registration));
            audit.recordCreated("account", account.getId(), account);
            return RegisterResponse.newBuilder()
                    .setRegistrationId(account.getId())
                    .build();
        });
        // What is kept names the registration only: a repetition is told how it stands by then.
        return outcome(UUID.fromString(kept.getRegistrationId()));
    }

    private RegisterResponse outcome(UUID id) {
        var state = registrations.await(id);
        var account = database.query(() -> accounts.find(id)).orElseThrow(AuthGrpcService::failed);
        return RegisterResponse.newBuilder()
                .setAccount(AccountMapper.toProto(account))
                .setState(RegistrationMapper.toProto(state))
                .setRegistrationId(id.toString())
                .build();
    }

    @Override
    protected GetRegistrationStateResponse getRegistrationState(GetRegistrationStateRequest request) {
        var id = UUID.fromString(request.getRegistrationId());
        var state = database.query(() -> registrations.findState(id))
                .orElseThrow(() -> Errors.notFound(
                        ErrorReason.ERROR_REASON_REGISTRATION_NOT_FOUND, "no such registration, or it is long over"));
        return GetRegistrationStateResponse.newBuilder()
                .setState(RegistrationMapper.toProto(state))
                .build();
    }

    @Override
    protected LoginResponse login(LoginRequest request) {
        var response = LoginResponse.newBuilder();
        switch (sessions.login(request.getIdentifier(), request.getPassword(), request.getDeviceName())) {
            case SignIn.Begun begun ->
                response.setTokens(SessionMapper.toProto(begun.session()))
                        .setAccount(AccountMapper.toProto(begun.session().account()));
            case SignIn.Challenged challenge -> response.setChallenge(SessionMapper.toProto(challenge));
        }
        return response.build();
    }

    @Override
    protected CompleteLoginResponse completeLogin(CompleteLoginRequest request) {
        var session = sessions.complete(request.getChallengeToken(), request.getCode());
        return CompleteLoginResponse.newBuilder()
                .setTokens(SessionMapper.toProto(session))
                .setAccount(AccountMapper.toProto(session.account()))
                .build();
    }

    @Override
    protected RefreshTokensResponse refreshTokens(RefreshTokensRequest request) {
        var session = sessions.refresh(request.getRefreshToken());
        return RefreshTokensResponse.newBuilder()
                .setTokens(SessionMapper.toProto(session))
                .build();
    }

    @Override
    protected LogoutResponse logout(LogoutRequest request) {
        sessions.logout(request.getRefreshToken());
        return LogoutResponse.getDefaultInstance();
    }

    @Override
    protected GetMeResponse getMe(GetMeRequest request) {
        var id = CallScope.current().requireUser();
        var account = database.query(() -> accounts.find(id)).orElseThrow(AccountErrors::notFound);
        return GetMeResponse.newBuilder()
                .setAccount(AccountMapper.toProto(account))
                .build();
    }

    @Override
    protected GetJwksResponse getJwks(GetJwksRequest request) {
        return GetJwksResponse.newBuilder().setJwksJson(signingKeys.jwksJson()).build();
    }

    @Override
    protected GetRegistrationResponse getRegistration(GetRegistrationRequest request) {
        var id = UUID.fromString(request.getUserId());
        return database.query(() -> {
            var account = accounts.find(id).orElseThrow(AccountErrors::notFound);
            return RegistrationMapper.toProto(account, registrations.find(id));
        });
    }

    /// A plain hash of the request is kept with its key. With the password in it that would be a
    /// fast way to guess at the password, so a code that only this service can make stands in.
    private RegisterRequest withoutPassword(RegisterRequest request) {
        return request.toBuilder()
                .setPassword(codes.code("register", request.getPassword()))
                .build();
    }

    /// A registration fails with its account: there is none exactly when nothing was kept.
    private static ServiceException failed() {
        return Errors.of(
                Code.ABORTED,
                ErrorReason.ERROR_REASON_REGISTRATION_FAILED,
                "registering failed and nothing of it was kept; register again",
                Map.of());
    }
}
