package org.aula.kernel.paging;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.aula.api.common.v1.ErrorReason;
import org.aula.kernel.call.CallScope;
import org.aula.kernel.error.Errors;
import org.aula.kernel.error.ServiceException;
import org.aula.kernel.settings.Settings;

/// Tokens that say where a list goes on: the sort key of the last row, sealed with AES-GCM and bound to the
/// method, the caller and the arguments (but not to the page's size). A token that was altered, or comes
/// from another list or caller, does not open.
///
/// The key is the secret `page-token.key`; while it is being replaced `page-token.previous.key` opens older
/// tokens.
@Singleton
public final class PageTokens {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final Set<String> NOT_BOUND = Set.of("page_size", "page_token", "with_item_tokens");

    private final List<SecretKeySpec> keys;
    private final SecureRandom random = new SecureRandom();

    PageTokens(Settings settings) {
        var all = new ArrayList<SecretKeySpec>();
        all.add(new SecretKeySpec(settings.secretBytes("page-token.key"), "AES"));
        if (java.nio.file.Files.exists(java.nio.file.Path.of(settings.get("SECRETS_DIR"), "page-token.previous.key"))) {
            all.add(new SecretKeySpec(settings.secretBytes("page-token.previous.key"), "AES"));
        }
        this.keys = List.copyOf(all);
    }

    /// Seals where a list goes on.
    ///
    /// @param request the list's request, whose arguments the token is bound to
    /// @param sortKey the sort values of the last row, in order
    public String seal(Message request, List<String> sortKey) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, keys.getFirst(), nonce, request);
            var sealed = cipher.doFinal(encode(sortKey));
            var token = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, token, NONCE_BYTES, sealed.length);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Opens a token.
    ///
    /// @return the sort values of the last row, or empty for the first page
    /// @throws ServiceException INVALID_ARGUMENT with PAGE_TOKEN_INVALID
    public Optional<List<String>> open(Message request, String token) {
        if (token.isEmpty()) {
            return Optional.empty();
        }
        var bytes = decode(token);
        for (var key : keys) {
            try {
                var cipher = cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(bytes, NONCE_BYTES), request);
                return Optional.of(decode(cipher.doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES)));
            } catch (GeneralSecurityException notThisKey) {
                continue;
            }
        }
        throw invalid();
    }

    private static byte[] decode(String token) {
        try {
            var bytes = Base64.getUrlDecoder().decode(token);
            if (bytes.length <= NONCE_BYTES) {
                throw invalid();
            }
            return bytes;
        } catch (IllegalArgumentException malformed) {
            throw invalid();
        }
    }

    private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, Message request)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        var scope = CallScope.current();
        cipher.updateAAD((scope.method() + "\n" + scope.caller().key() + "\n").getBytes(StandardCharsets.UTF_8));
        cipher.updateAAD(arguments(request).toByteArray());
        return cipher;
    }

    private static Message arguments(Message request) {
        var arguments = request.toBuilder();
        for (FieldDescriptor field : request.getDescriptorForType().getFields()) {
            if (NOT_BOUND.contains(field.getName())) {
                arguments.clearField(field);
            }
        }
        return arguments.build();
    }

    private static byte[] encode(List<String> values) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(values.size());
            for (var value : values) {
                out.writeUTF(value);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static List<String> decode(byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            var values = new ArrayList<String>();
            for (int left = in.readByte(); left > 0; left--) {
                values.add(in.readUTF());
            }
            return values;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static ServiceException invalid() {
        return Errors.invalid(
                ErrorReason.ERROR_REASON_PAGE_TOKEN_INVALID, "page_token", "this token does not belong to this list");
    }
}
