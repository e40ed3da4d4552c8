package org.aula.content.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Length of sound files in milliseconds.
final class AudioDuration {

    private static final int HEAD_BYTES = 64 * 1024;
    private static final int MAX_CHUNKS = 1_000;
    private static final int[] MPEG_1_RATES = {44_100, 48_000, 32_000};
    private static final int[] MPEG_1_KILOBITS = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};
    private static final int[] MPEG_2_KILOBITS = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};

    private AudioDuration() {}

    /// RIFF: bytes of `data` by bytes a second of `fmt `.
    static long wave(FileBytes bytes, WorkBudget budget) {
        long perSecond = 0;
        long at = 12;
        for (var chunk = 0; chunk < MAX_CHUNKS && at + 8 <= bytes.size(); chunk++) {
            budget.check();
            var header = ByteBuffer.wrap(bytes.read(at, 24)).order(ByteOrder.LITTLE_ENDIAN);
            var size = Integer.toUnsignedLong(header.getInt(4));
            var name = text(header, 0, 4);
            if (name.equals("fmt ")) {
                perSecond = Integer.toUnsignedLong(header.getInt(16));
            } else if (name.equals("data")) {
                return Math.min(size, bytes.size() - at - 8) * 1000 / perSecond;
            }
            at += 8 + size + (size & 1);
        }
        throw new UnprocessableFileException("it is cut off or broken");
    }

    /// FLAC: samples by rate, both in the first block.
    static long flac(FileBytes bytes) {
        var head = ByteBuffer.wrap(bytes.read(0, 42));
        if (!text(head, 0, 4).equals("fLaC")) {
            throw new UnprocessableFileException("it is broken");
        }
        var packed = head.getLong(18);
        var rate = packed >>> 44;
        return (packed & 0xF_FFFF_FFFFL) * 1000 / rate;
    }

    /// Ogg: the place of the last page by the rate of the first, Vorbis and Opus; others say nothing.
    static long ogg(FileBytes bytes) {
        var head = ByteBuffer.wrap(bytes.read(0, HEAD_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        var packet = 27 + (head.get(26) & 0xff);
        long rate;
        long before = 0;
        if (text(head, packet, 8).equals("OpusHead")) {
            rate = 48_000;
            before = head.getShort(packet + 10) & 0xffff;
        } else if (text(head, packet, 7).equals("\u0001vorbis")) {
            rate = Integer.toUnsignedLong(head.getInt(packet + 12));
        } else {
            return 0;
        }
        var from = Math.max(0, bytes.size() - HEAD_BYTES);
        var tail = ByteBuffer.wrap(bytes.read(from, HEAD_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        for (var at = tail.limit() - 27; at >= 0; at--) {
            if (tail.get(at) == 'O' && text(tail, at, 4).equals("OggS")) {
                return Math.max(0, tail.getLong(at + 6) - before) * 1000 / rate;
            }
        }
        throw new UnprocessableFileException("it is cut off or broken");
    }

    /// MPEG layer III: frames as the encoder counted them (Xing, Info), else by the first frame's bit rate.
    static long mpeg(FileBytes bytes) {
        var start = afterTag(bytes);
        var head = ByteBuffer.wrap(bytes.read(start, HEAD_BYTES));
        var at = 0;
        while (!isFrame(head, at)) {
            at++;
        }
        var first = head.get(at + 1) & 0xff;
        var isMpeg1 = (first >> 3 & 3) == 3;
        var isMono = (head.get(at + 3) & 0xff) >> 6 == 3;
        var rateBits = (head.get(at + 2) & 0xff) >> 2 & 3;
        long rate = MPEG_1_RATES[rateBits] / (isMpeg1 ? 1 : (first >> 3 & 3) == 2 ? 2 : 4);
        var kilobits = (isMpeg1 ? MPEG_1_KILOBITS : MPEG_2_KILOBITS)[(head.get(at + 2) & 0xff) >> 4];
        var note = at + 4 + (isMpeg1 ? (isMono ? 17 : 32) : (isMono ? 9 : 17));
        var name = note + 12 <= head.limit() ? text(head, note, 4) : "";
        if ((name.equals("Xing") || name.equals("Info")) && (head.getInt(note + 4) & 1) == 1) {
            return Integer.toUnsignedLong(head.getInt(note + 8)) * (isMpeg1 ? 1152 : 576) * 1000 / rate;
        }
        return (bytes.size() - start - at) * 8 / kilobits;
    }

    /// Where the sound begins behind an ID3v2 tag, whose size is written in groups of seven bits.
    private static long afterTag(FileBytes bytes) {
        var tag = ByteBuffer.wrap(bytes.read(0, 10));
        if (tag.limit() < 10 || !text(tag, 0, 3).equals("ID3")) {
            return 0;
        }
        var size = tag.get(6) << 21 | tag.get(7) << 14 | tag.get(8) << 7 | tag.get(9);
        return Math.min(bytes.size(), 10L + size);
    }

    /// Eleven set bits, layer III, a rate and a bit rate that exist.
    private static boolean isFrame(ByteBuffer head, int at) {
        var second = head.get(at + 1) & 0xff;
        var third = head.get(at + 2) & 0xff;
        return (head.get(at) & 0xff) == 0xff
                && (second & 0xe0) == 0xe0
                && (second >> 3 & 3) != 1
                && (second >> 1 & 3) == 1
                && third >> 4 != 0
                && third >> 4 != 15
                && (third >> 2 & 3) != 3;
    }

    private static String text(ByteBuffer bytes, int at, int length) {
        var name = new byte[length];
        bytes.get(at, name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }
}
