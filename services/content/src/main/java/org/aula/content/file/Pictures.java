package org.aula.content.file;

import com.drew.imaging.ImageProcessingException;
import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.metadata.MetadataException;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;

/// Smaller pictures of pictures. The size is read before any pixel, and large pictures are read with gaps,
/// so that at most 3,840 pixels either way are ever in memory; one picture at a time.
final class Pictures {

    static final long MAX_PIXELS = 50_000_000;

    /// Types whose pixels can be read in bounded memory.
    static final Set<String> TYPES = Set.of("image/png", "image/jpeg", "image/gif", "image/bmp");

    private static final long MAX_BYTES = 64L << 20;
    private static final int MAX_HEAD_BYTES = 1 << 20;
    private static final int MAX_SIDE = 1920;
    private static final ReentrantLock ONE = new ReentrantLock();

    private enum Size {
        LARGE(MAX_SIDE),
        MEDIUM(960),
        THUMBNAIL(320);

        private final int pixels;

        Size(int pixels) {
            this.pixels = pixels;
        }
    }

    private Pictures() {}

    static FileMetadata read(FileBytes bytes, WorkBudget budget) {
        var turn = orientation(bytes);
        try (var copy = WorkingCopy.of(bytes, MAX_BYTES, budget);
                var input = new FileImageInputStream(copy.path().toFile())) {
            var readers = ImageIO.getImageReaders(input);
            if (!readers.hasNext()) {
                throw new UnprocessableFileException("the picture cannot be read");
            }
            var reader = readers.next();
            try {
                reader.setInput(input, true, true);
                return read(reader, turn, budget);
            } finally {
                reader.dispose();
            }
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw new UnprocessableFileException("the picture is broken or of a sort that cannot be read", e);
        }
    }

    private static FileMetadata read(ImageReader reader, int turn, WorkBudget budget) throws IOException {
        var width = reader.getWidth(0);
        var height = reader.getHeight(0);
        if ((long) width * height > MAX_PIXELS) {
            throw new UnprocessableFileException("the picture has more than " + MAX_PIXELS / 1_000_000 + " megapixels");
        }
        ONE.lock();
        try {
            budget.check();
            var smaller = smaller(decode(reader, Math.max(width, height)), Math.max(width, height), turn, budget);
            var lying = turn >= 5;
            return FileMetadata.picture(lying ? height : width, lying ? width : height, smaller);
        } finally {
            ONE.unlock();
        }
    }

    private static BufferedImage decode(ImageReader reader, int longest) throws IOException {
        var step = Math.max(1, Math.ceilDiv(longest, 2 * MAX_SIDE));
        var parameters = reader.getDefaultReadParam();
        parameters.setSourceSubsampling(step, step, 0, 0);
        return reader.read(0, parameters);
    }

    /// Each from the next larger one. What would not be smaller than the picture itself is left out, but for
    /// the thumbnail, which lists count on.
    private static List<FileMetadata.SmallerPicture> smaller(
            BufferedImage decoded, int longest, int turn, WorkBudget budget) throws IOException {
        var made = new ArrayList<FileMetadata.SmallerPicture>();
        var current = turned(fitted(decoded, MAX_SIDE), turn);
        for (var size : Size.values()) {
            budget.check();
            current = fitted(current, size.pixels);
            if (size == Size.THUMBNAIL || longest > size.pixels) {
                made.add(encode(size, current));
            }
        }
        return made.reversed();
    }

    private static FileMetadata.SmallerPicture encode(Size size, BufferedImage picture) throws IOException {
        var clear = picture.getColorModel().hasAlpha();
        var out = new ByteArrayOutputStream();
        ImageIO.write(picture, clear ? "png" : "jpg", out);
        return new FileMetadata.SmallerPicture(
                size.name().toLowerCase(java.util.Locale.ROOT),
                picture.getWidth(),
                picture.getHeight(),
                clear ? "image/png" : "image/jpeg",
                out.toByteArray());
    }

    /// By halves, which keeps thin lines, down to the size.
    private static BufferedImage fitted(BufferedImage picture, int pixels) {
        var current = picture;
        while (true) {
            var longest = Math.max(current.getWidth(), current.getHeight());
            var target = Math.max(pixels, longest / 2);
            if (longest <= pixels && isPlain(current)) {
                return current;
            }
            var scale = Math.min(1.0, (double) target / longest);
            current = drawn(
                    current,
                    Math.max(1, (int) Math.round(current.getWidth() * scale)),
                    Math.max(1, (int) Math.round(current.getHeight() * scale)),
                    AffineTransform.getScaleInstance(
                            Math.max(scale, 1.0 / current.getWidth()), Math.max(scale, 1.0 / current.getHeight())));
        }
    }

    private static boolean isPlain(BufferedImage picture) {
        return picture.getType() == BufferedImage.TYPE_INT_RGB || picture.getType() == BufferedImage.TYPE_INT_ARGB;
    }

    private static BufferedImage drawn(BufferedImage picture, int width, int height, AffineTransform how) {
        var type = picture.getColorModel().hasAlpha() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
        var target = new BufferedImage(width, height, type);
        var graphics = target.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.drawImage(picture, how, null);
            return target;
        } finally {
            graphics.dispose();
        }
    }

    /// As the camera was held: 1 to 8 of EXIF's orientation.
    private static BufferedImage turned(BufferedImage picture, int turn) {
        if (turn <= 1 || turn > 8) {
            return picture;
        }
        double across = picture.getWidth();
        double down = picture.getHeight();
        var how = switch (turn) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, across, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, across, down);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, down);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, down, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, down, across);
            default -> new AffineTransform(0, -1, 1, 0, 0, across);
        };
        var lying = turn >= 5;
        return drawn(
                picture,
                lying ? picture.getHeight() : picture.getWidth(),
                lying ? picture.getWidth() : picture.getHeight(),
                how);
    }

    private static int orientation(FileBytes bytes) {
        try (var head = new ByteArrayInputStream(bytes.read(0, MAX_HEAD_BYTES))) {
            var exif = JpegMetadataReader.readMetadata(head, List.of(new ExifReader()))
                    .getFirstDirectoryOfType(ExifIFD0Directory.class);
            return exif == null || !exif.containsTag(ExifIFD0Directory.TAG_ORIENTATION)
                    ? 1
                    : exif.getInt(ExifIFD0Directory.TAG_ORIENTATION);
        } catch (ImageProcessingException | MetadataException | IOException notTold) {
            return 1;
        }
    }
}
