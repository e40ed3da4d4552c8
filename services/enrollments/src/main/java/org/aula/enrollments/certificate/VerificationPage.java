package org.aula.enrollments.certificate;

import jakarta.inject.Singleton;
import org.aula.kernel.settings.Settings;

/// Where anybody can verify a certificate: below `PUBLIC_URL`, the address by which the world knows the
/// platform.
@Singleton
final class VerificationPage {

    private static final String LOCAL_EDGE = "http://127.0.0.1:8080";

    private final String base;

    VerificationPage(Settings settings) {
        this.base =
                settings.get("PUBLIC_URL", settings.get("EDGE_URL", LOCAL_EDGE)).replaceAll("/+$", "");
    }

    String of(CertificateNumber number) {
        return base + "/certificates/" + number.printed();
    }
}
