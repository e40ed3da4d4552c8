package org.aula.enrollments.certificate;

import com.google.protobuf.ByteString;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aula.api.enrollments.v1.BatchGetMyCertificatesRequest;
import org.aula.api.enrollments.v1.BatchGetMyCertificatesResponse;
import org.aula.api.enrollments.v1.CertificateServiceHandler;
import org.aula.api.enrollments.v1.ErrorReason;
import org.aula.api.enrollments.v1.GetCertificateDocumentRequest;
import org.aula.api.enrollments.v1.GetCertificateDocumentResponse;
import org.aula.api.enrollments.v1.GetCertificateRequest;
import org.aula.api.enrollments.v1.GetCertificateResponse;
import org.aula.api.enrollments.v1.GetCertificateSettingsRequest;
import org.aula.api.enrollments.v1.GetCertificateSettingsResponse;
import org.aula.api.enrollments.v1.ListMyCertificatesRequest;
import org.aula.api.enrollments.v1.ListMyCertificatesResponse;
import org.aula.api.enrollments.v1.RevokeCertificateRequest;
import org.aula.api.enrollments.v1.RevokeCertificateResponse;
import org.aula.api.enrollments.v1.SetCertificateSettingsRequest;
import org.aula.api.enrollments.v1.SetCertificateSettingsResponse;
import org.aula.api.enrollments.v1.VerifyCertificateRequest;
import org.aula.api.enrollments.v1.VerifyCertificateResponse;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.call.Caller;
import org.aula.kernel.error.Errors;
import org.aula.kernel.events.Outbox;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;
import org.aula.kernel.postgres.Database;
import org.aula.kernel.time.Times;

/// The contract's CertificateService.
@Singleton
final class CertificateGrpcService extends CertificateServiceHandler {

    private static final int PAGE = 20;
    private static final int MAX_PAGE = 100;

    private final CertificateRepository certificates;
    private final CertificateAccess access;
    private final CertificateDocument document;
    private final VerificationPage page;
    private final Database database;
    private final Outbox outbox;
    private final Audit audit;
    private final PageTokens tokens;
    private final Clock clock;

    CertificateGrpcService(
            CertificateRepository certificates,
            CertificateAccess access,
            CertificateDocument document,
            VerificationPage page,
            Database database,
            Outbox outbox,
            Audit audit,
            PageTokens tokens,
            Clock clock) {
        this.certificates = certificates;
        this.access = access;
        this.document = document;
        this.page = page;
        this.database = database;
        this.outbox = outbox;
        this.audit = audit;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    protected VerifyCertificateResponse verifyCertificate(VerifyCertificateRequest request) {
        var number = CertificateNumber.parse(request.getNumber())
                .orElseThrow(() -> Errors.invalid(
                        ErrorReason.ERROR_REASON_CERTIFICATE_NUMBER_INVALID,
                        "number",
                        "no certificate has this number; look whether it was mistyped"));
        var certificate = database.query(() -> certificates.findByNumber(number))
                .orElseThrow(() -> Errors.notFound(
                        ErrorReason.ERROR_REASON_CERTIFICATE_NOT_FOUND, "there is no certificate " + number.printed()));
        return VerifyCertificateResponse.newBuilder()
                .setVerification(CertificateMapper.toVerification(certificate, clock.instant()))
                .build();
    }

    @Override
    protected GetCertificateResponse getCertificate(GetCertificateRequest request) {
        var certificate = seen(UUID.fromString(request.getCertificateId()));
        return GetCertificateResponse.newBuilder()
                .setCertificate(message(certificate))
                .build();
    }

    @Override
    protected GetCertificateDocumentResponse getCertificateDocument(GetCertificateDocumentRequest request) {
        var certificate = seen(UUID.fromString(request.getCertificateId()));
        certificate.requireNotRevoked();
        var pdf = document.of(certificate, page.of(certificate.number()));
        return GetCertificateDocumentResponse.newBuilder()
                .setPdf(ByteString.copyFrom(pdf))
                .setFileName("certificate-" + certificate.number().printed() + ".pdf")
                .build();
    }

    @Override
    protected ListMyCertificatesResponse listMyCertificates(ListMyCertificatesRequest request) {
        var userId = CallScope.current().requireUser();
        var size = Page.size(request.getPageSize(), PAGE, MAX_PAGE);
        var before = tokens.open(request, request.getPageToken())
                .map(key -> UUID.fromString(key.getFirst()))
                .orElse(null);
        var rows = database.query(() -> certificates.list(userId, before, size + 1));
        var found = Page.of(
                rows,
                size,
                tokens,
                request,
                certificate -> List.of(certificate.id().toString()),
                request.getWithItemTokens());
        var answer = ListMyCertificatesResponse.newBuilder()
                .setNextPageToken(found.nextPageToken())
                .addAllItemTokens(found.itemTokens());
        found.items().forEach(certificate -> answer.addCertificates(message(certificate)));
        return answer.build();
    }

    @Override
    protected BatchGetMyCertificatesResponse batchGetMyCertificates(BatchGetMyCertificatesRequest request) {
        var userId = CallScope.current().requireUser();
        var ids = request.getEnrollmentIdsList().stream().map(UUID::fromString).toList();
        var found = database.query(() -> certificates.findByEnrollments(userId, ids)).stream()
                .collect(Collectors.toMap(Certificate::enrollmentId, Function.identity()));
        var answer = BatchGetMyCertificatesResponse.newBuilder();
        for (var id : ids) {
            var certificate = found.get(id);
            if (certificate == null) {
                answer.addMissingEnrollmentIds(id.toString());
            } else {
                answer.addCertificates(message(certificate));
            }
        }
        return answer.build();
    }

    @Override
    protected RevokeCertificateResponse revokeCertificate(RevokeCertificateRequest request) {
        var id = UUID.fromString(request.getCertificateId());
        var certificate = database.transact(() -> {
            var before = certificates.findForUpdate(id).orElseThrow(() -> CertificateAccess.notFound(id));
            access.requireRevocable(before);
            if (before.isRevoked()) {
                audit.nothing();
                return before;
            }
            return revoke(before, request.getReason());
        });
        return RevokeCertificateResponse.newBuilder()
                .setCertificate(message(certificate))
                .build();
    }

    @Override
    protected GetCertificateSettingsResponse getCertificateSettings(GetCertificateSettingsRequest request) {
        var courseId = UUID.fromString(request.getCourseId());
        var settings = database.query(() -> {
            access.requireCourse(courseId);
            return settings(courseId);
        });
        return GetCertificateSettingsResponse.newBuilder()
                .setSettings(CertificateMapper.toProto(settings))
                .build();
    }

    @Override
    protected SetCertificateSettingsResponse setCertificateSettings(SetCertificateSettingsRequest request) {
        var courseId = UUID.fromString(request.getCourseId());
        var next = new CertificateSettings(courseId, request.getIssued(), request.getValidDays());
        database.transact(() -> {
            access.requireCourse(courseId);
            var before = settings(courseId);
            certificates.saveSettings(courseId, next.issued(), next.validDays());
            audit.record(
                    "certificate_settings",
                    courseId,
                    CertificateMapper.toProto(before),
                    CertificateMapper.toProto(next));
        });
        return SetCertificateSettingsResponse.newBuilder()
                .setSettings(CertificateMapper.toProto(next))
                .build();
    }

    private CertificateSettings settings(UUID courseId) {
        return certificates.findSettings(courseId).orElseGet(() -> CertificateSettings.unsaid(courseId));
    }

    private Certificate revoke(Certificate before, String reason) {
        var by = CallScope.current().caller() instanceof Caller.User user ? user.id() : null;
        var revoked = before.revoked(by, reason, Times.now(clock));
        certificates.revoke(revoked);
        outbox.append(CertificateEvents.revoked(revoked));
        audit.record("certificate", revoked.id(), message(before), message(revoked));
        return revoked;
    }

    private Certificate seen(UUID id) {
        return database.query(() -> {
            var certificate = certificates.find(id).orElseThrow(() -> CertificateAccess.notFound(id));
            access.requireSeen(certificate);
            return certificate;
        });
    }

    private org.aula.api.enrollments.v1.Certificate message(Certificate certificate) {
        return CertificateMapper.toProto(certificate, page.of(certificate.number()), clock.instant());
    }
}
