package org.aula.users.picture;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import io.grpc.Status.Code;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.aula.api.content.v1.AssetVisibility;
import org.aula.api.content.v1.CompleteUploadRequest;
import org.aula.api.content.v1.ContentServiceGrpc;
import org.aula.api.content.v1.ContentServiceGrpc.ContentServiceBlockingStub;
import org.aula.api.content.v1.CreateUploadRequest;
import org.aula.api.content.v1.CreateUploadResponse;
import org.aula.api.content.v1.DeleteAssetRequest;
import org.aula.api.users.v1.ErrorReason;
import org.aula.api.users.v1.UpdateUserProfileRequest;
import org.aula.api.users.v1.UpdateUserRequest;
import org.aula.kernel.testing.Refusal;
import org.aula.kernel.testing.TestPlatform;
import org.aula.kernel.testing.TestUser;
import org.aula.users.People;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PictureTest {

    private static final String UNKNOWN = "019b76da-a800-7000-8000-00000000dead";

    @RegisterExtension
    static final TestPlatform platform = TestPlatform.with("users", "content");

    private static TestUser aUser() {
        return People.aUser(platform, "Ada", "content:create");
    }

    private static ContentServiceBlockingStub content(TestUser user) {
        return ContentServiceGrpc.newBlockingStub(platform.as(user, "content"));
    }

    @Test
    void aPublicPictureOfOnesOwnIsShown() throws Exception {
        var user = aUser();
        var reference = reference(upload(user, "image/png", pixels(), AssetVisibility.ASSET_VISIBILITY_PUBLIC));

        assertThat(showFace(user, user, reference)).isEqualTo(reference);
        assertThat(showCover(user, user, reference)).isEqualTo(reference);
    }

    @Test
    void whatIsShownAlreadyIsNotAskedForAgain() throws Exception {
        var user = aUser();
        var id = upload(user, "image/png", pixels(), AssetVisibility.ASSET_VISIBILITY_PUBLIC);
        showFace(user, user, reference(id));
        showCover(user, user, reference(id));
        content(user).deleteAsset(DeleteAssetRequest.newBuilder().setAssetId(id).build());

        assertThat(showFace(user, user, reference(id))).isEqualTo(reference(id));
        assertThat(showCover(user, user, reference(id))).isEqualTo(reference(id));
    }

    @Test
    void anAdministratorSetsThePersonsOwnPictures() throws Exception {
        var user = aUser();
        var admin = platform.user("users:write", "content:create");
        var theirs = upload(user, "image/png", pixels(), AssetVisibility.ASSET_VISIBILITY_PUBLIC);
        var admins = upload(admin, "image/png", pixels(), AssetVisibility.ASSET_VISIBILITY_PUBLIC);

        assertThat(showFace(admin, user, reference(theirs))).isEqualTo(reference(theirs));
        refused(admin, user, reference(admins), ErrorReason.ERROR_REASON_ASSET_NOT_FOUND);
    }

    @Test
    void everythingElseIsRefusedWithItsReasonAndField() throws Exception {
        var user = aUser();
        var letters = "Words".getBytes(StandardCharsets.UTF_8);
        var announced = announce(user, "image/png", pixels(), AssetVisibility.ASSET_VISIBILITY_PUBLIC);
        var stranger = aUser();

        refused(user, user, reference(UNKNOWN), ErrorReason.ERROR_REASON_ASSET_NOT_FOUND);
        refused(
                user,
                user,
                reference(upload(stranger, "image/png", pixels(), AssetVisibility.ASSET_VISIBILITY_PUBLIC)),
                ErrorReason.ERROR_REASON_ASSET_NOT_FOUND);
        refused(
                user,
                user,
                reference(upload(user, "image/png", pixels(), AssetVisibility.ASSET_VISIBILITY_PRIVATE)),
                ErrorReason.ERROR_REASON_ASSET_NOT_PUBLIC);
        refused(user, user, reference(announced.getAsset().getId()), ErrorReason.ERROR_REASON_ASSET_NOT_READY);
        refused(
                user,
                user,
                reference(upload(user, "text/plain", letters, AssetVisibility.ASSET_VISIBILITY_PUBLIC)),
                ErrorReason.ERROR_REASON_ASSET_NOT_AN_IMAGE);
    }

    @Test
    void whatIsNoReferenceBreaksTheContract() throws Exception {
        var user = aUser();
        for (var wrong : List.of("aula-asset:", "aula-asset:1", "aula-asset:" + UNKNOWN + "/", "ftp://a.example/b")) {
            var face = Refusal.expect(
                    Code.INVALID_ARGUMENT,
                    org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                    () -> showFace(user, user, wrong));
            var cover = Refusal.expect(
                    Code.INVALID_ARGUMENT,
                    org.aula.api.common.v1.ErrorReason.ERROR_REASON_VALIDATION_FAILED,
                    () -> showCover(user, user, wrong));
            assertThat(face.fields()).containsExactly("avatar_url");
            assertThat(cover.fields()).containsExactly("cover_image_url");
        }
    }

    private static void refused(TestUser caller, TestUser user, String reference, ErrorReason reason) throws Exception {
        var face = Refusal.expect(Code.INVALID_ARGUMENT, reason, () -> showFace(caller, user, reference));
        var cover = Refusal.expect(Code.INVALID_ARGUMENT, reason, () -> showCover(caller, user, reference));
        assertThat(face.fields()).containsExactly("avatar_url");
        assertThat(cover.fields()).containsExactly("cover_image_url");
    }

    private static String showFace(TestUser caller, TestUser user, String reference) {
        return People.as(platform, caller)
                .updateUser(UpdateUserRequest.newBuilder()
                        .setUserId(user.id().toString())
                        .setUpdateMask(FieldMask.newBuilder().addPaths("avatar_url"))
                        .setAvatarUrl(reference)
                        .build())
                .getUser()
                .getAvatarUrl();
    }

    private static String showCover(TestUser caller, TestUser user, String reference) {
        return People.as(platform, caller)
                .updateUserProfile(UpdateUserProfileRequest.newBuilder()
                        .setUserId(user.id().toString())
                        .setUpdateMask(FieldMask.newBuilder().addPaths("cover_image_url"))
                        .setCoverImageUrl(reference)
                        .build())
                .getProfile()
                .getCoverImageUrl();
    }

    private static String reference(String assetId) {
        return "aula-asset:" + assetId;
    }

    private static byte[] pixels() throws IOException {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), "png", bytes);
        return bytes.toByteArray();
    }

    private static CreateUploadResponse announce(
            TestUser owner, String mediaType, byte[] bytes, AssetVisibility visibility) throws Exception {
        var hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        return content(owner)
                .createUpload(CreateUploadRequest.newBuilder()
                        .setRequestId(UUID.randomUUID().toString())
                        .setFileName("face")
                        .setMediaType(mediaType)
                        .setSizeBytes(bytes.length)
                        .setSha256(hash)
                        .setVisibility(visibility)
                        .build());
    }

    private static String upload(TestUser owner, String mediaType, byte[] bytes, AssetVisibility visibility)
            throws Exception {
        var upload = announce(owner, mediaType, bytes, visibility);
        var put = HttpRequest.newBuilder(URI.create(upload.getUploadUrl())).PUT(BodyPublishers.ofByteArray(bytes));
        upload.getHeadersMap().forEach(put::header);
        try (var http = HttpClient.newHttpClient()) {
            assertThat(http.send(put.build(), BodyHandlers.discarding()).statusCode())
                    .isEqualTo(200);
        }
        return content(owner)
                .completeUpload(CompleteUploadRequest.newBuilder()
                        .setAssetId(upload.getAsset().getId())
                        .build())
                .getAsset()
                .getId();
    }
}
