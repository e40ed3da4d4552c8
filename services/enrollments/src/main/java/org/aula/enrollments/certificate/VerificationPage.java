package org.aula.enrollments.certificate;

import jakarta.inject.Singleton;
import org.aula.kernel.settings.Settings;

/// Where anybody can verify a certificate: below `PUBLIC_URL`, the address by which the world knows the
/// platform.
@Singleton
final class VerificationPage {

    private final String base;

    VerificationPage(Settings settings) {
        this.base = settings.publicUrl();
    }

    String of(CertificateNumber number) {
        return base + "/certificates/" + number.printed();
    }
}
