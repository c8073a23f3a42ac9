package io.github.fathomlab.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the IDX format of MNIST, plain or gzipped: a big-endian header (magic number, sizes) and
 * unsigned bytes.
 *
 * <p>Images have magic 0x00000803 and sizes n, rows, columns; labels have magic 0x00000801 and size
 * n.
 */
final class IdxFile {
  private static final int IMAGES = 0x803;
  private static final int LABELS = 0x801;

  /** Deflate shrinks at most 1032-fold, so a header that claims more than this is false. */
  private static final long LARGEST_RATIO = 1040;

  private IdxFile() {}

  /**
   * Images as they are in the file.
   *
   * @param pixels (count x rows x columns), unsigned bytes
   */
  record Images(Path file, int count, int rows, int columns, byte[] pixels) {

    int features() {
      return rows * columns;
    }

    /** Writes the pixels of one image, divided by 255, into {@code result}. */
    void scaled(int index, double[] result, int offset) {
      int start = index * features();
      for (int j = 0; j < features(); j++) {
        result[offset + j] = (pixels[start + j] & 0xff) / 255.0;
      }
    }
  }

  /** The images of {@code directory/stem} or {@code directory/stem.gz}. */
  static Images images(Path directory, String stem) {
    Path file = locate(directory, stem);
    int[] sizes = new int[3];
    byte[] pixels = read(file, IMAGES, sizes);
    DatasetValidation.requireSamples(file.toString(), sizes[0]);
    if (pixels.length == 0) {
      throw new DataException(
          "%s has images of %d x %d, that is no pixels; get the file again."
              .formatted(file, sizes[1], sizes[2]));
    }
    return new Images(file, sizes[0], sizes[1], sizes[2], pixels);
  }

  /** The labels of {@code directory/stem} or {@code directory/stem.gz}. */
  static int[] labels(Path directory, String stem) {
    Path file = locate(directory, stem);
    byte[] bytes = read(file, LABELS, new int[1]);
    DatasetValidation.requireSamples(file.toString(), bytes.length);
    double[] values = new double[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      values[i] = bytes[i] & 0xff;
    }
    return DatasetValidation.labels(file.toString(), values);
  }

  private static Path locate(Path directory, String stem) {
    Path zipped = directory.resolve(stem + ".gz");
    if (Files.isRegularFile(zipped)) {
      return zipped;
    }
    Path plain = directory.resolve(stem);
    if (Files.isRegularFile(plain)) {
      return plain;
    }
    throw new DataException(
        "%s has neither %s.gz nor %s; put the four IDX files there, or name another directory in data.directory."
            .formatted(directory, stem, stem));
  }

  private static byte[] read(Path file, int magic, int[] sizes) {
    try (InputStream in = open(file)) {
      int found = ByteBuffer.wrap(exactly(in, 4, file)).getInt();
      if (found != magic) {
        throw new DataException(
            "%s starts with 0x%08x, but an IDX file of %s starts with 0x%08x; check which file this is."
                .formatted(file, found, magic == IMAGES ? "images" : "labels", magic));
      }
      ByteBuffer header = ByteBuffer.wrap(exactly(in, 4 * sizes.length, file));
      long bytes = 1;
      for (int i = 0; i < sizes.length; i++) {
        sizes[i] = header.getInt();
        bytes = sizes[i] < 0 || bytes > Integer.MAX_VALUE ? Long.MAX_VALUE : bytes * sizes[i];
      }
      if (bytes > Math.min(Integer.MAX_VALUE - 8, LARGEST_RATIO * Files.size(file))) {
        throw truncated(file, null);
      }
      byte[] body = exactly(in, (int) bytes, file);
      // Reading past the last byte also makes gzip compare its checksum.
      if (in.read() >= 0) {
        throw new DataException(
            "%s has more bytes than the %d its header announces; get the file again."
                .formatted(file, bytes));
      }
      return body;
    } catch (EOFException e) {
      throw truncated(file, e);
    } catch (ZipException e) {
      throw new DataException(
          "%s is not a sound gzip file (%s); get the file again.".formatted(file, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new DataException("%s cannot be read: %s.".formatted(file, e.getMessage()), e);
    }
  }

  private static InputStream open(Path file) throws IOException {
    InputStream raw = Files.newInputStream(file);
    if (!file.toString().endsWith(".gz")) {
      return new BufferedInputStream(raw, 1 << 16);
    }
    try {
      return new GZIPInputStream(raw, 1 << 16);
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  private static byte[] exactly(InputStream in, int count, Path file) throws IOException {
    byte[] bytes = new byte[count];
    int read = in.readNBytes(bytes, 0, count);
    if (read < count) {
      throw truncated(file, null);
    }
    return bytes;
  }

  private static DataException truncated(Path file, @Nullable Throwable cause) {
    return new DataException(
        file + " ends before its last sample: it is cut off; get the file again.", cause);
  }
}
