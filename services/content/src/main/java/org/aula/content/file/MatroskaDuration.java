package org.aula.content.file;

import java.nio.ByteBuffer;

/// Length and picture size of Matroska and WebM (RFC 9559), from the elements at the file's begin.
final class MatroskaDuration {

    private static final int HEAD_BYTES = 1 << 20;
    private static final int SEGMENT = 0x18538067;
    private static final int INFO = 0x1549A966;
    private static final int SCALE = 0x2AD7B1;
    private static final int DURATION = 0x4489;
    private static final int TRACKS = 0x1654AE6B;
    private static final int TRACK = 0xAE;
    private static final int VIDEO = 0xE0;
    private static final int WIDTH = 0xB0;
    private static final int HEIGHT = 0xBA;
    private static final int CLUSTER = 0x1F43B675;

    private final WorkBudget budget;
    private long scale = 1_000_000;
    private double duration;
    private int width;
    private int height;

    private MatroskaDuration(WorkBudget budget) {
        this.budget = budget;
    }

    /// Recordings that were streamed do not say how long they are; then 0.
    static FileMetadata read(FileBytes bytes, WorkBudget budget) {
        var found = new MatroskaDuration(budget);
        found.elements(ByteBuffer.wrap(bytes.read(0, HEAD_BYTES)));
        return FileMetadata.playing(found.width, found.height, (long) (found.duration * found.scale / 1_000_000));
    }

    private void elements(ByteBuffer bytes) {
        while (bytes.remaining() >= 2) {
            budget.check();
            var id = (int) number(bytes, false);
            var size = number(bytes, true);
            if (id == CLUSTER) {
                return;
            }
            // A segment of unknown length goes to the end, and what lies behind the head is not looked at.
            var end = size < 0 || size > bytes.remaining() ? bytes.limit() : bytes.position() + (int) size;
            var content = bytes.slice(bytes.position(), end - bytes.position());
            see(id, content);
            bytes.position(end);
        }
    }

    private void see(int id, ByteBuffer content) {
        switch (id) {
            case SEGMENT, INFO, TRACKS, TRACK, VIDEO -> elements(content);
            case SCALE -> scale = unsigned(content);
            case DURATION -> duration = content.remaining() == 4 ? content.getFloat() : content.getDouble();
            case WIDTH -> width = Math.clamp(unsigned(content), 0, 100_000);
            case HEIGHT -> height = Math.clamp(unsigned(content), 0, 100_000);
            default -> {
                // Of no interest here.
            }
        }
    }

    /// A number of variable length: the leading zeros tell how many bytes it has.
    ///
    /// @param plain whether the mark of the length is taken away; -1 then stands for an unknown size
    private static long number(ByteBuffer bytes, boolean plain) {
        var first = bytes.get() & 0xff;
        var more = Integer.numberOfLeadingZeros(first) - 24;
        if (more > 7 || more > bytes.remaining()) {
            throw new UnprocessableFileException("it is cut off or broken");
        }
        long value = plain ? first & (0x7f >> more) : first;
        for (var left = more; left > 0; left--) {
            value = value << 8 | bytes.get() & 0xff;
        }
        return plain && value == (1L << 7 * (more + 1)) - 1 ? -1 : value;
    }

    private static long unsigned(ByteBuffer content) {
        long value = 0;
        while (content.hasRemaining()) {
            value = value << 8 | content.get() & 0xff;
        }
        return value;
    }
}
