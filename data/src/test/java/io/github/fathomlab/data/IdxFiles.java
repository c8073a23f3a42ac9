package io.github.fathomlab.data;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Small IDX files for tests: pixel j of image i is {@code (7 i + j) mod 256}. */
final class IdxFiles {

  private IdxFiles() {}

  static byte[] images(int n, int rows, int columns) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(0x803);
    out.writeInt(n);
    out.writeInt(rows);
    out.writeInt(columns);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < rows * columns; j++) {
        out.writeByte(pixel(i, j));
      }
    }
    return bytes.toByteArray();
  }

  static int pixel(int image, int position) {
    return (7 * image + position) % 256;
  }

  static byte[] labels(int... labels) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(0x801);
    out.writeInt(labels.length);
    for (int label : labels) {
      out.writeByte(label);
    }
    return bytes.toByteArray();
  }

  static void gzip(Path file, byte[] bytes) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(bytes);
    }
  }

  /** Six training and four test images of 4 x 4, the first pair gzipped, the second plain. */
  static void sound(Path directory) throws IOException {
    gzip(directory.resolve("train-images-idx3-ubyte.gz"), images(6, 4, 4));
    gzip(directory.resolve("train-labels-idx1-ubyte.gz"), labels(0, 1, 2, 0, 1, 2));
    Files.write(directory.resolve("t10k-images-idx3-ubyte"), images(4, 4, 4));
    Files.write(directory.resolve("t10k-labels-idx1-ubyte"), labels(2, 1, 0, 2));
  }
}
