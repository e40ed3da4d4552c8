package org.aula.bench.spring;

import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.aula.api.courses.v1.ListCoursesRequest;

/// Seals where a list goes on, bound to the caller and the arguments, as the platform does.
final class PageSeal {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key;

    PageSeal() {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        key = new SecretKeySpec(bytes, "AES");
    }

    String seal(ListCoursesRequest request, String id) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, request).doFinal(id.getBytes(StandardCharsets.UTF_8));
            var token = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, token, NONCE_BYTES, sealed.length);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    String open(ListCoursesRequest request) {
        try {
            var token = Base64.getUrlDecoder().decode(request.getPageToken());
            var cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(token, NONCE_BYTES), request);
            return new String(
                    cipher.doFinal(token, NONCE_BYTES, token.length - NONCE_BYTES), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException notOurs) {
            throw Status.INVALID_ARGUMENT
                    .withDescription("the page token is invalid for this list")
                    .asRuntimeException();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, ListCoursesRequest request) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        var caller = Caller.current();
        cipher.updateAAD(("ListCourses\n" + (caller == null ? "" : caller.id()) + "\n").getBytes(StandardCharsets.UTF_8));
        cipher.updateAAD(request.toBuilder()
                .clearPageSize()
                .clearPageToken()
                .clearWithItemTokens()
                .build()
                .toByteArray());
        return cipher;
    }
}
