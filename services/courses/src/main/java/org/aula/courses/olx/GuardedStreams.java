package org.aula.courses.olx;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// The two streams around the decompressor: what goes in is counted, what comes out is bounded.
final class GuardedStreams {
    private GuardedStreams() {}

    /// Counts compressed bytes. Failures of the disk leave as [UncheckedIOException], so that every
    /// [IOException] seen further up means a broken archive.
    static final class Compressed extends FilterInputStream {
        private long count;

        Compressed(InputStream source) {
            super(source);
        }

        long count() {
            return count;
        }

        @Override
        public int read() {
            byte[] single = new byte[1];
            return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            try {
                int read = in.read(buffer, offset, length);
                count += Math.max(read, 0);
                return read;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Ends the extraction when the tar stream gets larger than [Limits] allow. It stands below the tar
    /// reader, so that headers and skipped parts count too.
    static final class Expanded extends FilterInputStream {
        private final Compressed compressed;
        private final Limits limits;
        private long count;
        private long headerBound = Long.MAX_VALUE;
        private String entry = "";

        Expanded(InputStream source, Compressed compressed, Limits limits) {
            super(source);
            this.compressed = compressed;
            this.limits = limits;
        }

        void headerBegins() {
            headerBound = count + limits.maxHeaderBytes();
        }

        void contentBegins(String name) {
            headerBound = Long.MAX_VALUE;
            entry = name;
        }

        @Override
        public int read() throws IOException {
            byte[] single = new byte[1];
            return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            count += Math.max(read, 0);
            if (count > limits.maxExpandedBytes()) {
                throw new UnsafeArchiveException(RefusalReason.TOO_LARGE, entry);
            }
            if (count > limits.ratioGraceBytes() && count / limits.maxRatio() > compressed.count()) {
                throw new UnsafeArchiveException(RefusalReason.RATIO_TOO_HIGH, entry);
            }
            if (count > headerBound) {
                throw new UnsafeArchiveException(RefusalReason.HEADER_TOO_LARGE, entry);
            }
            return read;
        }

        /// Skipping must go through the bounds as well.
        @Override
        public long skip(long bytes) throws IOException {
            byte[] scratch = new byte[Math.clamp(bytes, 0, 8192)];
            long skipped = 0;
            while (skipped < bytes) {
                int read = read(scratch, 0, (int) Math.min(scratch.length, bytes - skipped));
                if (read < 0) {
                    break;
                }
                skipped += read;
            }
            return skipped;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
