package org.aula.content.asset;

import com.github.f4b6a3.uuid.UuidCreator;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.content.v1.AssetVisibility;
import org.aula.api.content.v1.BatchGetDownloadsRequest;
import org.aula.api.content.v1.BatchGetDownloadsResponse;
import org.aula.api.content.v1.CompleteUploadRequest;
import org.aula.api.content.v1.CompleteUploadResponse;
import org.aula.api.content.v1.ContentServiceGrpc;
import org.aula.api.content.v1.CreateUploadRequest;
import org.aula.api.content.v1.CreateUploadResponse;
import org.aula.api.content.v1.DeleteAssetRequest;
import org.aula.api.content.v1.DeleteAssetResponse;
import org.aula.api.content.v1.GetAssetRequest;
import org.aula.api.content.v1.GetAssetResponse;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.error.Errors;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.identity.CallScope;
import org.aula.kernel.identity.Caller;
import org.aula.kernel.postgres.Transactions;
import org.aula.kernel.server.Replies;

/// The contract's ContentService.
@Singleton
final class ContentGrpcService extends ContentServiceGrpc.ContentServiceImplBase {

    private final AssetStore assets;
    private final ObjectStore objects;
    private final Uploads uploads;
    private final AssetAccess access;
    private final Idempotency idempotency;
    private final Audit audit;
    private final Transactions transactions;
    private final Clock clock;

    ContentGrpcService(
            AssetStore assets,
            ObjectStore objects,
            Uploads uploads,
            AssetAccess access,
            Idempotency idempotency,
            Audit audit,
            Transactions transactions,
            Clock clock) {
        this.assets = assets;
        this.objects = objects;
        this.uploads = uploads;
        this.access = access;
        this.idempotency = idempotency;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// The id is made and kept with the key, so that a repetition finds the same asset and a crash before
    /// the document was written heals by it. The address is signed anew each time and never kept.
    @Override
    public void createUpload(CreateUploadRequest request, StreamObserver<CreateUploadResponse> observer) {
        requireCourseForLearners(request);
        var ownerId = ownerOf(request);
        var kept = idempotency.run(request, CreateUploadResponse.parser(), handle -> {
            var id = UuidCreator.getTimeOrderedEpoch();
            var announced = AssetProtos.announced(request, id, ownerId, clock.instant());
            var message = AssetProtos.message(announced);
            audit.record(handle, "asset", id, null, message);
            return CreateUploadResponse.newBuilder().setAsset(message).build();
        });
        var asset = assets.insertIfAbsent(AssetProtos.asset(kept.getAsset()));
        Replies.send(observer, AssetProtos.upload(asset, objects.upload(asset)));
    }

    @Override
    public void completeUpload(CompleteUploadRequest request, StreamObserver<CompleteUploadResponse> observer) {
        var id = UUID.fromString(request.getAssetId());
        var scope = CallScope.current();
        var asset = assets.find(id)
                .filter(found -> AssetAccess.isOpen(scope.caller(), found))
                .orElseThrow(() -> Uploads.notFound(id));
        scope.requireOwner(asset.ownerId());
        var completed = uploads.complete(asset);
        Replies.send(
                observer,
                CompleteUploadResponse.newBuilder()
                        .setAsset(AssetProtos.message(completed))
                        .build());
    }

    @Override
    public void getAsset(GetAssetRequest request, StreamObserver<GetAssetResponse> observer) {
        var id = UUID.fromString(request.getAssetId());
        var found = assets.find(id).stream().toList();
        var asset = access.readable(CallScope.current().caller(), found).stream()
                .findFirst()
                .orElseThrow(() -> Uploads.notFound(id));
        Replies.send(
                observer,
                GetAssetResponse.newBuilder()
                        .setAsset(AssetProtos.message(asset))
                        .build());
    }

    @Override
    public void batchGetDownloads(
            BatchGetDownloadsRequest request, StreamObserver<BatchGetDownloadsResponse> observer) {
        var ids = request.getAssetIdsList().stream().map(UUID::fromString).toList();
        var found = assets.findAll(ids);
        var ordered = ids.stream().map(found::get).filter(Objects::nonNull).toList();
        var readable = access.readable(CallScope.current().caller(), ordered).stream()
                .filter(Asset::isReady)
                .collect(Collectors.toMap(asset -> asset.id(), Function.identity()));
        var answer = BatchGetDownloadsResponse.newBuilder();
        for (var id : ids) {
            var asset = readable.get(id);
            if (asset == null) {
                answer.addMissingIds(id.toString());
            } else {
                answer.addDownloads(AssetProtos.download(asset, objects.download(asset)));
            }
        }
        Replies.send(observer, answer.build());
    }

    @Override
    public void deleteAsset(DeleteAssetRequest request, StreamObserver<DeleteAssetResponse> observer) {
        var scope = CallScope.current();
        var asset = assets.find(UUID.fromString(request.getAssetId()));
        if (asset.isPresent()) {
            scope.requireOwner(asset.get().ownerId());
            // The entry is committed when the asset is gone: a deletion that fails leaves none.
            transactions.writeVoid(handle -> {
                audit.record(handle, "asset", asset.get().id(), AssetProtos.message(asset.get()), null);
                uploads.delete(asset.get());
            });
        } else if (!scope.seesAll()) {
            // Nothing is left that could belong to somebody else.
            scope.requireOwner(scope.requireUser());
        }
        if (asset.isEmpty()) {
            audit.nothing();
        }
        Replies.send(observer, DeleteAssetResponse.getDefaultInstance());
    }

    private static UUID ownerOf(CreateUploadRequest request) {
        return switch (CallScope.current().caller()) {
            case Caller.User user when request.getOwnerId().isEmpty() -> user.id();
            case Caller.User ignored -> throw invalid("owner_id", "users upload for themselves; leave it empty");
            case Caller.Service ignored when !request.getOwnerId().isEmpty() -> UUID.fromString(request.getOwnerId());
            case Caller.Service ignored -> throw invalid("owner_id", "say for which user the service uploads");
            case Caller.Anonymous ignored -> throw new IllegalStateException("the policy lets no visitor in");
        };
    }

    private static void requireCourseForLearners(CreateUploadRequest request) {
        if (request.getVisibility() == AssetVisibility.ASSET_VISIBILITY_COURSE
                && request.getCourseId().isEmpty()) {
            throw invalid("course_id", "say whose learners may read it");
        }
    }

    private static RuntimeException invalid(String field, String message) {
        return Errors.invalid(ErrorReason.ERROR_REASON_VALIDATION_FAILED, field, message);
    }
}
