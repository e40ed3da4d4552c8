package org.aula.migrate;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/// The folder of passwords and keys. A file that is there is kept; one that is not is made, readable by its
/// owner only.
final class Secrets {

    private static final int PASSWORD_BYTES = 32;

    private final Path folder;
    private final SecureRandom random = new SecureRandom();

    Secrets(Path folder) {
        this.folder = folder;
    }

    /// Waits until no other job of this machine works with the folder. A folder that cannot be written
    /// needs no such care: nothing is made in it.
    Closeable lock() {
        try {
            Files.createDirectories(folder);
            if (!Files.isWritable(folder)) {
                return () -> {};
            }
            FileChannel channel = FileChannel.open(
                    folder.resolve(".migrate.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.lock();
            return channel;
        } catch (IOException e) {
            throw new MigrationException("The folder of secrets " + folder + " cannot be used: " + e.getMessage(), e);
        }
    }

    /// The password of a login: `32 random bytes` in base64url when it is made.
    String password(String store, String login) {
        return ensure(store + "/" + login + ".password", () -> text(randomBytes(PASSWORD_BYTES)));
    }

    Optional<String> read(String name) {
        Path file = folder.resolve(name);
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String ensure(String name, Supplier<String> made) {
        return read(name).orElseGet(() -> {
            String content = made.get();
            write(name, content);
            return content;
        });
    }

    /// Puts a whole file in place at once, so that no reader sees half of it.
    void write(String name, String content) {
        Path file = folder.resolve(name);
        try {
            Path parent = file.toAbsolutePath().getParent();
            Files.createDirectories(
                    parent, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path draft = Files.createTempFile(
                    parent,
                    ".draft",
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(draft, content);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
