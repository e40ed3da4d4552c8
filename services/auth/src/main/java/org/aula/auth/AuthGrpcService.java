package org.aula.auth;

import jakarta.inject.Singleton;
import java.util.UUID;
import org.aula.api.auth.v1.AuthServiceHandler;
import org.aula.api.auth.v1.CompleteLoginRequest;
import org.aula.api.auth.v1.CompleteLoginResponse;
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
import org.aula.auth.account.AccountMapper;
import org.aula.auth.administration.AccountService;
import org.aula.auth.key.HmacTokens;
import org.aula.auth.key.SigningKeys;
import org.aula.auth.password.Passwords;
import org.aula.auth.registration.RegistrationLimits;
import org.aula.auth.registration.RegistrationMapper;
import org.aula.auth.registration.Registrations;
import org.aula.auth.session.SessionMapper;
import org.aula.auth.session.Sessions;
import org.aula.auth.session.SignIn;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.idempotency.Idempotency;

/// `aula.auth.v1.AuthService`.
@Singleton
final class AuthGrpcService extends AuthServiceHandler {

    private final Idempotency idempotency;
    private final Audit audit;
    private final AccountService accounts;
    private final Registrations registrations;
    private final RegistrationLimits registrationLimits;
    private final Sessions sessions;
    private final Passwords passwords;
    private final SigningKeys signingKeys;
    private final HmacTokens codes;

    AuthGrpcService(
            Idempotency idempotency,
            Audit audit,
            AccountService accounts,
            Registrations registrations,
            RegistrationLimits registrationLimits,
            Sessions sessions,
            Passwords passwords,
            SigningKeys signingKeys,
            HmacTokens codes) {
        this.idempotency = idempotency;
        this.audit = audit;
        this.accounts = accounts;
        this.registrations = registrations;
        this.registrationLimits = registrationLimits;
        this.sessions = sessions;
        this.passwords = passwords;
        this.signingKeys = signingKeys;
        this.codes = codes;
    }

    @Override
    protected RegisterResponse register(RegisterRequest request) {
        var registration = RegistrationMapper.fromProto(request);
        registration.requireKnownTimeZone();
        passwords.requireAcceptable("password", request.getPassword());
        registrationLimits.take();
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
        return RegistrationMapper.toProto(registrations.await(UUID.fromString(kept.getRegistrationId())));
    }

    @Override
    protected GetRegistrationStateResponse getRegistrationState(GetRegistrationStateRequest request) {
        var state = registrations.getState(UUID.fromString(request.getRegistrationId()));
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
        var account = accounts.get(id);
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
        return RegistrationMapper.toProto(registrations.get(UUID.fromString(request.getUserId())));
    }

    /// A plain hash of the request is kept with its key. With the password in it that would be a
    /// fast way to guess at the password, so a code that only this service can make stands in.
    private RegisterRequest withoutPassword(RegisterRequest request) {
        return request.toBuilder()
                .setPassword(codes.code("register", request.getPassword()))
                .build();
    }
}
