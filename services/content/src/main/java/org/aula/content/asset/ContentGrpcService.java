package org.aula.content.asset;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aula.api.common.v1.ErrorReason;
import org.aula.api.content.v1.AssetVisibility;
import org.aula.api.content.v1.BatchGetDownloadsRequest;
import org.aula.api.content.v1.BatchGetDownloadsResponse;
import org.aula.api.content.v1.CompleteUploadRequest;
import org.aula.api.content.v1.CompleteUploadResponse;
import org.aula.api.content.v1.ContentServiceHandler;
import org.aula.api.content.v1.CreateUploadRequest;
import org.aula.api.content.v1.CreateUploadResponse;
import org.aula.api.content.v1.DeleteAssetRequest;
import org.aula.api.content.v1.DeleteAssetResponse;
import org.aula.api.content.v1.GetAssetRequest;
import org.aula.api.content.v1.GetAssetResponse;
import org.aula.api.content.v1.GetAssetTextRequest;
import org.aula.api.content.v1.GetAssetTextResponse;
import org.aula.api.content.v1.GetPackageFileRequest;
import org.aula.api.content.v1.GetPackageFileResponse;
import org.aula.api.content.v1.GetQuotaRequest;
import org.aula.api.content.v1.GetQuotaResponse;
import org.aula.api.content.v1.ListAssetsRequest;
import org.aula.api.content.v1.ListAssetsResponse;
import org.aula.api.content.v1.ReprocessAssetRequest;
import org.aula.api.content.v1.ReprocessAssetResponse;
import org.aula.api.content.v1.SetQuotaRequest;
import org.aula.api.content.v1.SetQuotaResponse;
import org.aula.kernel.audit.Audit;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.call.Caller;
import org.aula.kernel.error.Errors;
import org.aula.kernel.idempotency.Idempotency;
import org.aula.kernel.paging.Page;
import org.aula.kernel.paging.PageTokens;

/// The contract's ContentService.
@Singleton
final class ContentGrpcService extends ContentServiceHandler {

    private static final int USUAL_PAGE = 20;
    private static final int MAX_PAGE = 100;

    private final AssetStore assets;
    private final ObjectStore objects;
    private final Uploads uploads;
    private final AssetService service;
    private final AssetAccess access;
    private final AssetReader reader;
    private final PageTokens tokens;
    private final Idempotency idempotency;
    private final Audit audit;
    private final Clock clock;

    ContentGrpcService(
            AssetStore assets,
            ObjectStore objects,
            Uploads uploads,
            AssetService service,
            AssetAccess access,
            AssetReader reader,
            PageTokens tokens,
            Idempotency idempotency,
            Audit audit,
            Clock clock) {
        this.assets = assets;
        this.objects = objects;
        this.uploads = uploads;
        this.service = service;
        this.access = access;
        this.reader = reader;
        this.tokens = tokens;
        this.idempotency = idempotency;
        this.audit = audit;
        this.clock = clock;
    }

    /// The id is made and kept with the key, so that a repetition finds the same asset and a crash before
    /// the document was written heals by it. The address is signed anew each time and never kept.
    @Override
    protected CreateUploadResponse createUpload(CreateUploadRequest request) {
        access.requireUploadable(AssetMapper.isPublicPicture(request));
        requireCourse(request);
        if (request.hasCustody()) {
            AssetAccess.requireCustody(
                    CallScope.current().caller(), request.getCustody().getCustodian(), AssetMapper.isPrivate(request));
        }
        var ownerId = ownerOf(request);
        var isNew = new AtomicBoolean();
        var kept = idempotency.run(request, CreateUploadResponse.parser(), () -> {
            var id = UuidCreator.getTimeOrderedEpoch();
            var announced = AssetMapper.create(request, id, ownerId, clock.instant());
            uploads.announce(announced);
            var message = AssetMapper.toProto(announced);
            audit.recordCreated("asset", id, message);
            isNew.set(true);
            return CreateUploadResponse.newBuilder().setAsset(message).build();
        });
        var announced = AssetMapper.fromProto(kept.getAsset());
        var asset = isNew.get() ? assets.insertIfAbsent(announced) : uploads.announceAgain(announced);
        return AssetMapper.upload(asset, objects.upload(asset));
    }

    @Override
    protected CompleteUploadResponse completeUpload(CompleteUploadRequest request) {
        var completed = uploads.complete(owned(request.getAssetId()));
        return CompleteUploadResponse.newBuilder()
                .setAsset(AssetMapper.toProto(completed))
                .build();
    }

    @Override
    protected GetAssetResponse getAsset(GetAssetRequest request) {
        return GetAssetResponse.newBuilder()
                .setAsset(AssetMapper.toProto(readable(request.getAssetId())))
                .build();
    }

    @Override
    protected BatchGetDownloadsResponse batchGetDownloads(BatchGetDownloadsRequest request) {
        var ids = request.getAssetIdsList().stream().map(UUID::fromString).toList();
        var found = assets.findAll(ids);
        var ordered = ids.stream().map(found::get).filter(Objects::nonNull).toList();
        var readable = access.readable(CallScope.current().caller(), ordered).stream()
                .collect(Collectors.toMap(asset -> asset.id(), Function.identity()));
        var response = BatchGetDownloadsResponse.newBuilder();
        for (var id : ids) {
            var asset = readable.get(id);
            var address = asset == null ? Optional.<ObjectStore.SignedAddress>empty() : download(asset, request);
            if (asset == null || address.isEmpty()) {
                response.addMissingIds(id.toString());
            } else {
                response.addDownloads(AssetMapper.download(asset, address.get()));
            }
        }
        return response.build();
    }

    @Override
    protected DeleteAssetResponse deleteAsset(DeleteAssetRequest request) {
        var scope = CallScope.current();
        var asset = assets.find(UUID.fromString(request.getAssetId()));
        if (asset.isPresent()) {
            scope.requireOwner(asset.get().ownerId());
            service.delete(asset.get());
        } else {
            if (!scope.seesAll()) {
                // Nothing is left that could belong to somebody else.
                scope.requireOwner(scope.requireUser());
            }
            audit.nothing();
        }
        return DeleteAssetResponse.getDefaultInstance();
    }

    @Override
    protected ListAssetsResponse listAssets(ListAssetsRequest request) {
        var ownerId = UUID.fromString(request.getUserId());
        CallScope.current().requireOwner(ownerId);
        var size = Page.size(request.getPageSize(), USUAL_PAGE, MAX_PAGE);
        var before = tokens.open(request, request.getPageToken())
                .map(key -> UUID.fromString(key.getFirst()))
                .orElse(null);
        var rows = assets.list(
                ownerId,
                CallScope.current().caller() instanceof Caller.Service service ? service.name() : null,
                AssetMapper.kind(request.getKind()),
                AssetMapper.idOrNull(request.getCourseId()),
                before,
                size + 1);
        var page = Page.of(
                rows,
                size,
                tokens,
                request,
                asset -> java.util.List.of(asset.id().toString()),
                request.getWithItemTokens());
        return ListAssetsResponse.newBuilder()
                .addAllAssets(page.items().stream().map(AssetMapper::toProto).toList())
                .setNextPageToken(page.nextPageToken())
                .addAllItemTokens(page.itemTokens())
                .build();
    }

    @Override
    protected GetAssetTextResponse getAssetText(GetAssetTextRequest request) {
        var text = reader.text(readable(request.getAssetId()));
        return GetAssetTextResponse.newBuilder()
                .setText(text.text())
                .setTruncated(text.truncated())
                .build();
    }

    @Override
    protected GetPackageFileResponse getPackageFile(GetPackageFileRequest request) {
        var file = reader.packageFile(readable(request.getAssetId()), request.getPath());
        return AssetMapper.packageFile(file);
    }

    @Override
    protected ReprocessAssetResponse reprocessAsset(ReprocessAssetRequest request) {
        var asset = service.reprocess(owned(request.getAssetId()));
        return ReprocessAssetResponse.newBuilder()
                .setAsset(AssetMapper.toProto(asset))
                .build();
    }

    @Override
    protected GetQuotaResponse getQuota(GetQuotaRequest request) {
        var ownerId = UUID.fromString(request.getUserId());
        CallScope.current().requireOwner(ownerId);
        return GetQuotaResponse.newBuilder()
                .setQuota(AssetMapper.toProto(service.quota(ownerId)))
                .build();
    }

    @Override
    protected SetQuotaResponse setQuota(SetQuotaRequest request) {
        var quota = service.setQuota(UUID.fromString(request.getUserId()), request.getLimitBytes());
        return SetQuotaResponse.newBuilder()
                .setQuota(AssetMapper.toProto(quota))
                .build();
    }

    private Optional<ObjectStore.SignedAddress> download(Asset asset, BatchGetDownloadsRequest request) {
        var variant = reader.download(asset, request.getVariant());
        return variant.isEmpty() && request.getOrFile() ? reader.download(asset, "") : variant;
    }

    private Asset readable(String id) {
        return access.readable(CallScope.current().caller(), UUID.fromString(id));
    }

    private Asset owned(String id) {
        var scope = CallScope.current();
        var asset = assets.find(UUID.fromString(id))
                .filter(found -> AssetAccess.isOpen(scope.caller(), found))
                .orElseThrow(() -> Uploads.notFound(UUID.fromString(id)));
        scope.requireOwner(asset.ownerId());
        return asset;
    }

    private static UUID ownerOf(CreateUploadRequest request) {
        return switch (CallScope.current().caller()) {
            case Caller.User user when request.getOwnerId().isEmpty() -> user.id();
            case Caller.User ignored -> throw invalid("owner_id", "users upload for themselves; leave it empty");
            case Caller.Service ignored when !request.getOwnerId().isEmpty() -> UUID.fromString(request.getOwnerId());
            case Caller.Service ignored -> throw invalid("owner_id", "say for which user the service uploads");
            case Caller.Partner ignored -> CallScope.current().requireUser();
            case Caller.Anonymous ignored -> throw new IllegalStateException("the policy lets no visitor in");
        };
    }

    private static void requireCourse(CreateUploadRequest request) {
        var needed = request.getVisibility() == AssetVisibility.ASSET_VISIBILITY_COURSE
                || !request.getLessonId().isEmpty();
        if (needed && request.getCourseId().isEmpty()) {
            throw invalid("course_id", "say whose learners may read it, and whose lesson it is");
        }
    }

    private static RuntimeException invalid(String field, String message) {
        return Errors.invalid(ErrorReason.ERROR_REASON_VALIDATION_FAILED, field, message);
    }
}
