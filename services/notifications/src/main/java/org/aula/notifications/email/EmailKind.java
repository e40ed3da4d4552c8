package org.aula.notifications.email;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What an email can be about.
public enum EmailKind {
    EMAIL_VERIFICATION_REQUESTED("auth.email_verification_requested", About.EMAIL_VERIFICATION),
    PASSWORD_RESET_REQUESTED("auth.password_reset_requested", About.PASSWORD_RESET),
    PASSWORD_CHANGED("auth.password_changed", About.ACCOUNT),
    EMAIL_CHANGED("auth.email_changed", About.CHANGED_EMAIL),
    SECOND_FACTOR_ENABLED("auth.second_factor_enabled", About.ACCOUNT),
    SECOND_FACTOR_DISABLED("auth.second_factor_disabled", About.ACCOUNT),
    REFRESH_TOKEN_REUSED("auth.refresh_token_reused", About.ACCOUNT),
    REGISTRATION_REPEATED("auth.registration_repeated", About.ACCOUNT),
    ACCOUNT_SUSPENDED("auth.account_suspended", About.ACCOUNT),
    ACCOUNT_REACTIVATED("auth.account_reactivated", About.ACCOUNT),
    WAITLIST_OFFERED("enrollments.waitlist_offered", About.WAITLIST_OFFER),
    CERTIFICATE_ISSUED("enrollments.certificate_issued", About.CERTIFICATE);

    /// What the address and the facts of an email are asked for by.
    public enum About {
        /// A verification's id; with a link.
        EMAIL_VERIFICATION,
        /// A reset's id; with a link.
        PASSWORD_RESET,
        /// A change's id; goes to the address before.
        CHANGED_EMAIL,
        /// The account alone.
        ACCOUNT,
        /// A place on a waitlist; with a link to take the seat.
        WAITLIST_OFFER,
        /// A certificate's id; with a link to its public page.
        CERTIFICATE
    }

    private static final Set<String> NOTICE = Set.of("name", "platform", "time");
    private static final Set<String> WITH_LINK = Set.of("name", "platform", "time", "link", "expires");
    private static final Set<String> OFFER = Set.of("name", "platform", "time", "link", "expires", "course");
    private static final Set<String> CERTIFICATE =
            Set.of("name", "platform", "time", "link", "expires", "course", "number");

    private final String code;
    private final About about;

    EmailKind(String code, About about) {
        this.code = code;
        this.about = about;
    }

    /// The kind of this code; empty for one that this version does not know.
    public static Optional<EmailKind> find(String code) {
        return Stream.of(values()).filter(kind -> kind.code.equals(code)).findFirst();
    }

    /// As the contract and the templates name it.
    public String code() {
        return code;
    }

    public About about() {
        return about;
    }

    /// Names that its templates may use.
    public Set<String> variables() {
        return switch (about) {
            case EMAIL_VERIFICATION, PASSWORD_RESET -> WITH_LINK;
            case CHANGED_EMAIL, ACCOUNT -> NOTICE;
            case WAITLIST_OFFER -> OFFER;
            case CERTIFICATE -> CERTIFICATE;
        };
    }
}
