package org.aula.content.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Length and picture size of ISO base media files (ISO/IEC 14496-12): the boxes `mvhd` and `tkhd` in
/// `moov`.
final class Mp4Duration {

    private static final int MAX_MOOV_BYTES = 16 << 20;
    private static final int MAX_BOXES = 10_000;

    private final WorkBudget budget;
    private int boxes;
    private int width;
    private int height;
    private long millis = -1;

    private Mp4Duration(WorkBudget budget) {
        this.budget = budget;
    }

    static FileMetadata read(FileBytes bytes, WorkBudget budget) {
        var found = new Mp4Duration(budget);
        long at = 0;
        while (at + 8 <= bytes.size()) {
            found.count();
            var header = ByteBuffer.wrap(bytes.read(at, 16));
            var size = size(header, 0, bytes.size() - at);
            if (name(header, 4).equals("moov")) {
                if (size > MAX_MOOV_BYTES) {
                    throw new UnprocessableFileException("its index is too large");
                }
                found.movie(ByteBuffer.wrap(bytes.read(at, (int) size)), 8);
                break;
            }
            at += size;
        }
        if (found.millis < 0) {
            throw new UnprocessableFileException("its index is missing");
        }
        return FileMetadata.playing(found.width, found.height, found.millis);
    }

    private void movie(ByteBuffer moov, int from) {
        var at = from;
        while (at + 8 <= moov.limit()) {
            count();
            var size = (int) size(moov, at, moov.limit() - at);
            var content = at + 8;
            switch (name(moov, at + 4)) {
                case "mvhd" -> millis = length(moov, content);
                case "trak" -> movie(moov.duplicate().limit(at + size), content);
                case "tkhd" -> picture(moov, content);
                default -> {
                    // Of no interest here.
                }
            }
            at += size;
        }
    }

    private static long length(ByteBuffer moov, int at) {
        var longNumbers = moov.get(at) == 1;
        var scale = Integer.toUnsignedLong(moov.getInt(at + (longNumbers ? 20 : 12)));
        var duration = longNumbers ? moov.getLong(at + 24) : Integer.toUnsignedLong(moov.getInt(at + 16));
        if (duration < 0) {
            throw new UnprocessableFileException("its length makes no sense");
        }
        return Math.multiplyExact(duration / scale, 1000) + duration % scale * 1000 / scale;
    }

    /// The largest track's, as 16.16 numbers at the box's end; sound has 0.
    private void picture(ByteBuffer moov, int at) {
        var end = at + (moov.get(at) == 1 ? 88 : 76);
        var across = moov.getInt(end) >>> 16;
        var down = moov.getInt(end + 4) >>> 16;
        if ((long) across * down > (long) width * height) {
            width = across;
            height = down;
        }
    }

    /// Bytes of a box: 1 stands for a long number behind the name, 0 for all that is left.
    private static long size(ByteBuffer bytes, int at, long left) {
        var size = Integer.toUnsignedLong(bytes.getInt(at));
        if (size == 1) {
            size = bytes.getLong(at + 8);
        } else if (size == 0) {
            size = left;
        }
        if (size < 8 || size > left) {
            throw new UnprocessableFileException("it is cut off or broken");
        }
        return size;
    }

    private static String name(ByteBuffer bytes, int at) {
        var name = new byte[4];
        bytes.get(at, name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    private void count() {
        budget.check();
        if (++boxes > MAX_BOXES) {
            throw new UnprocessableFileException("it has too many parts");
        }
    }
}
