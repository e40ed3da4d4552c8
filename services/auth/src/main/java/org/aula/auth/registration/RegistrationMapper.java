package org.aula.auth.registration;

import org.aula.api.auth.v1.GetRegistrationResponse;
import org.aula.api.auth.v1.RegisterRequest;
import org.aula.api.auth.v1.RegisterResponse;
import org.aula.api.auth.v1.RegistrationState;
import org.aula.auth.account.AccountMapper;
import org.aula.kernel.saga.SagaState;

/// Registrations from and to messages.
public final class RegistrationMapper {

    private RegistrationMapper() {}

    /// What a visitor said, with `en` and `UTC` where nothing was said.
    public static Registration fromProto(RegisterRequest request) {
        return new Registration(
                request.getFirstName(),
                request.getLastName(),
                request.getLanguageCode().isEmpty() ? "en" : request.getLanguageCode(),
                request.getTimeZone().isEmpty() ? "UTC" : request.getTimeZone());
    }

    /// The answer to the users service.
    public static GetRegistrationResponse toProto(Registrations.Registered registered) {
        var registration = registered.registration();
        return GetRegistrationResponse.newBuilder()
                .setAccount(AccountMapper.toProto(registered.account()))
                .setFirstName(registration.firstName())
                .setLastName(registration.lastName())
                .setLanguageCode(registration.languageCode())
                .setTimeZone(registration.timeZone())
                .build();
    }

    /// The answer to who registers.
    public static RegisterResponse toProto(Registrations.Outcome outcome) {
        return RegisterResponse.newBuilder()
                .setAccount(AccountMapper.toProto(outcome.account()))
                .setState(toProto(outcome.state()))
                .setRegistrationId(outcome.account().id().toString())
                .build();
    }

    /// How far a registration has come. One that is being taken back has failed: nothing of it can be
    /// used any more.
    public static RegistrationState toProto(SagaState state) {
        return switch (state) {
            case RUNNING -> RegistrationState.REGISTRATION_STATE_PENDING;
            case COMPLETED -> RegistrationState.REGISTRATION_STATE_COMPLETED;
            case COMPENSATING, STUCK, FAILED -> RegistrationState.REGISTRATION_STATE_FAILED;
        };
    }
}
