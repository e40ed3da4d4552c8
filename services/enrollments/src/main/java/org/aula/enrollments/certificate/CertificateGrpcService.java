package org.aula.enrollments.certificate;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aula.api.enrollments.v1.BatchGetMyCertificatesRequest;
import org.aula.api.enrollments.v1.BatchGetMyCertificatesResponse;
import org.aula.api.enrollments.v1.CertificateServiceGrpc;
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
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.server.Replies;
import org.aula.kernel.time.Times;
import org.jdbi.v3.core.Handle;

/// The contract's CertificateService.
@Singleton
final class CertificateGrpcService extends CertificateServiceGrpc.CertificateServiceImplBase {

    private static final int PAGE = 20;
    private static final int MAX_PAGE = 100;

    private final CertificateRepository certificates;
    private final CertificateAccess access;
    private final CertificateDocument document;
    private final VerificationPage page;
    private final Transactions transactions;
    private final Outbox outbox;
    private final Audit audit;
    private final PageTokens tokens;
    private final Clock clock;

    CertificateGrpcService(
            CertificateRepository certificates,
            CertificateAccess access,
            CertificateDocument document,
            VerificationPage page,
            Transactions transactions,
            Outbox outbox,
            Audit audit,
            PageTokens tokens,
            Clock clock) {
        this.certificates = certificates;
        this.access = access;
        this.document = document;
        this.page = page;
        this.transactions = transactions;
        this.outbox = outbox;
        this.audit = audit;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public void verifyCertificate(
            VerifyCertificateRequest request, StreamObserver<VerifyCertificateResponse> observer) {
        var number = CertificateNumber.parse(request.getNumber())
                .orElseThrow(() -> Errors.invalid(
                        ErrorReason.ERROR_REASON_CERTIFICATE_NUMBER_INVALID,
                        "number",
                        "no certificate has this number; look whether it was mistyped"));
        var certificate = transactions
                .read(handle -> certificates.findByNumber(handle, number))
                .orElseThrow(() -> Errors.notFound(
                        ErrorReason.ERROR_REASON_CERTIFICATE_NOT_FOUND, "there is no certificate " + number.printed()));
        Replies.send(
                observer,
                VerifyCertificateResponse.newBuilder()
                        .setVerification(CertificateMapper.toVerification(certificate, clock.instant()))
                        .build());
    }

    @Override
    public void getCertificate(GetCertificateRequest request, StreamObserver<GetCertificateResponse> observer) {
        var certificate = seen(UUID.fromString(request.getCertificateId()));
        Replies.send(
                observer,
                GetCertificateResponse.newBuilder()
                        .setCertificate(message(certificate))
                        .build());
    }

    @Override
    public void getCertificateDocument(
            GetCertificateDocumentRequest request, StreamObserver<GetCertificateDocumentResponse> observer) {
        var certificate = seen(UUID.fromString(request.getCertificateId()));
        certificate.requireNotRevoked();
        var pdf = document.of(certificate, page.of(certificate.number()));
        Replies.send(
                observer,
                GetCertificateDocumentResponse.newBuilder()
                        .setPdf(ByteString.copyFrom(pdf))
                        .setFileName("certificate-" + certificate.number().printed() + ".pdf")
                        .build());
    }

    @Override
    public void listMyCertificates(
            ListMyCertificatesRequest request, StreamObserver<ListMyCertificatesResponse> observer) {
        var userId = CallScope.current().requireUser();
        var size = Page.size(request.getPageSize(), PAGE, MAX_PAGE);
        var before = tokens.open(request, request.getPageToken())
                .map(key -> UUID.fromString(key.getFirst()))
                .orElse(null);
        var rows = transactions.read(handle -> certificates.list(handle, userId, before, size + 1));
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
        Replies.send(observer, answer.build());
    }

    @Override
    public void batchGetMyCertificates(
            BatchGetMyCertificatesRequest request, StreamObserver<BatchGetMyCertificatesResponse> observer) {
        var userId = CallScope.current().requireUser();
        var ids = request.getEnrollmentIdsList().stream().map(UUID::fromString).toList();
        var found = transactions.read(handle -> certificates.findByEnrollments(handle, userId, ids)).stream()
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
        Replies.send(observer, answer.build());
    }

    @Override
    public void revokeCertificate(
            RevokeCertificateRequest request, StreamObserver<RevokeCertificateResponse> observer) {
        var id = UUID.fromString(request.getCertificateId());
        var certificate = transactions.write(handle -> {
            var before = certificates.findForUpdate(handle, id).orElseThrow(() -> CertificateAccess.notFound(id));
            access.requireRevocable(handle, before);
            if (before.isRevoked()) {
                audit.nothing();
                return before;
            }
            return revoke(handle, before, request.getReason());
        });
        Replies.send(
                observer,
                RevokeCertificateResponse.newBuilder()
                        .setCertificate(message(certificate))
                        .build());
    }

    @Override
    public void getCertificateSettings(
            GetCertificateSettingsRequest request, StreamObserver<GetCertificateSettingsResponse> observer) {
        var courseId = UUID.fromString(request.getCourseId());
        var settings = transactions.read(handle -> {
            access.requireCourse(handle, courseId);
            return certificates.settings(handle, courseId);
        });
        Replies.send(
                observer,
                GetCertificateSettingsResponse.newBuilder()
                        .setSettings(CertificateMapper.toProto(settings))
                        .build());
    }

    @Override
    public void setCertificateSettings(
            SetCertificateSettingsRequest request, StreamObserver<SetCertificateSettingsResponse> observer) {
        var courseId = UUID.fromString(request.getCourseId());
        var next = new CertificateSettings(courseId, request.getIssued(), request.getValidDays());
        transactions.writeVoid(handle -> {
            access.requireCourse(handle, courseId);
            var before = certificates.settings(handle, courseId);
            certificates.save(handle, next);
            audit.record(
                    handle,
                    "certificate_settings",
                    courseId,
                    CertificateMapper.toProto(before),
                    CertificateMapper.toProto(next));
        });
        Replies.send(
                observer,
                SetCertificateSettingsResponse.newBuilder()
                        .setSettings(CertificateMapper.toProto(next))
                        .build());
    }

    private Certificate revoke(Handle handle, Certificate before, String reason) {
        var by = CallScope.current().caller() instanceof Caller.User user ? user.id() : null;
        var revoked = before.revoked(by, reason, Times.now(clock));
        certificates.revoke(handle, revoked);
        outbox.append(handle, CertificateEvents.revoked(revoked));
        audit.record(handle, "certificate", revoked.id(), message(before), message(revoked));
        return revoked;
    }

    private Certificate seen(UUID id) {
        return transactions.read(handle -> {
            var certificate = certificates.find(handle, id).orElseThrow(() -> CertificateAccess.notFound(id));
            access.requireSeen(handle, certificate);
            return certificate;
        });
    }

    private org.aula.api.enrollments.v1.Certificate message(Certificate certificate) {
        return CertificateMapper.toProto(certificate, page.of(certificate.number()), clock.instant());
    }
}
