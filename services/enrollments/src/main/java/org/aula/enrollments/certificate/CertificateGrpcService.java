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
import org.aula.kernel.call.CallScope;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;

/// The contract's CertificateService.
@Singleton
final class CertificateGrpcService extends CertificateServiceHandler {

    private static final int PAGE = 20;
    private static final int MAX_PAGE = 100;

    private final CertificateService certificates;
    private final CertificateDocument document;
    private final VerificationPage page;
    private final PageTokens tokens;
    private final Clock clock;

    CertificateGrpcService(
            CertificateService certificates,
            CertificateDocument document,
            VerificationPage page,
            PageTokens tokens,
            Clock clock) {
        this.certificates = certificates;
        this.document = document;
        this.page = page;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    protected VerifyCertificateResponse verifyCertificate(VerifyCertificateRequest request) {
        var certificate = certificates.verify(request.getNumber());
        return VerifyCertificateResponse.newBuilder()
                .setVerification(CertificateMapper.toVerification(certificate, clock.instant()))
                .build();
    }

    @Override
    protected GetCertificateResponse getCertificate(GetCertificateRequest request) {
        var certificate = certificates.get(UUID.fromString(request.getCertificateId()));
        return GetCertificateResponse.newBuilder()
                .setCertificate(message(certificate))
                .build();
    }

    @Override
    protected GetCertificateDocumentResponse getCertificateDocument(GetCertificateDocumentRequest request) {
        var certificate = certificates.getPrintable(UUID.fromString(request.getCertificateId()));
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
        var rows = certificates.list(userId, before, size + 1);
        var found = Page.of(
                rows,
                size,
                tokens,
                request,
                certificate -> List.of(certificate.id().toString()),
                request.getWithItemTokens());
        var response = ListMyCertificatesResponse.newBuilder()
                .setNextPageToken(found.nextPageToken())
                .addAllItemTokens(found.itemTokens());
        found.items().forEach(certificate -> response.addCertificates(message(certificate)));
        return response.build();
    }

    @Override
    protected BatchGetMyCertificatesResponse batchGetMyCertificates(BatchGetMyCertificatesRequest request) {
        var userId = CallScope.current().requireUser();
        var ids = request.getEnrollmentIdsList().stream().map(UUID::fromString).toList();
        var found = certificates.findByEnrollments(userId, ids).stream()
                .collect(Collectors.toMap(Certificate::enrollmentId, Function.identity()));
        var response = BatchGetMyCertificatesResponse.newBuilder();
        for (var id : ids) {
            var certificate = found.get(id);
            if (certificate == null) {
                response.addMissingEnrollmentIds(id.toString());
            } else {
                response.addCertificates(message(certificate));
            }
        }
        return response.build();
    }

    @Override
    protected RevokeCertificateResponse revokeCertificate(RevokeCertificateRequest request) {
        var id = UUID.fromString(request.getCertificateId());
        var certificate = certificates.revoke(id, request.getReason());
        return RevokeCertificateResponse.newBuilder()
                .setCertificate(message(certificate))
                .build();
    }

    @Override
    protected GetCertificateSettingsResponse getCertificateSettings(GetCertificateSettingsRequest request) {
        var courseId = UUID.fromString(request.getCourseId());
        var settings = certificates.settings(courseId);
        return GetCertificateSettingsResponse.newBuilder()
                .setSettings(CertificateMapper.toProto(settings))
                .build();
    }

    @Override
    protected SetCertificateSettingsResponse setCertificateSettings(SetCertificateSettingsRequest request) {
        var courseId = UUID.fromString(request.getCourseId());
        var next = new CertificateSettings(courseId, request.getIssued(), request.getValidDays());
        certificates.set(next);
        return SetCertificateSettingsResponse.newBuilder()
                .setSettings(CertificateMapper.toProto(next))
                .build();
    }

    private org.aula.api.enrollments.v1.Certificate message(Certificate certificate) {
        return CertificateMapper.toProto(certificate, page.of(certificate.number()), clock.instant());
    }
}
