package io.github.fathomlab.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One array in NumPy's npy format, versions 1 to 3: magic, version, header length, a Python
 * dictionary with {@code descr}, {@code fortran_order} and {@code shape}, then the numbers.
 *
 * <p>Source: NumPy Enhancement Proposal 1. Cost: one pass, a buffer of 64 kB beside the result (and
 * a second copy for Fortran order).
 */
final class NpyFormat {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([<>|=]?)(\\w+)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\dL,\\s]*)\\)");
  private static final int LONGEST_HEADER = 1 << 20;
  private static final int ALIGNMENT = 64;
  private static final int BUFFER = 1 << 16;

  private NpyFormat() {}

  private record Header(NpyType type, ByteOrder order, boolean fortran, int[] shape, int bytes) {}

  /**
   * Reads one array.
   *
   * @param where for messages
   * @param available number of bytes from magic to end
   */
  static NpyArray read(String name, InputStream in, long available, String where)
      throws IOException {
    try {
      Header header = header(in, where);
      long count = 1;
      for (int size : header.shape) {
        count = count > Integer.MAX_VALUE ? count : count * size;
      }
      if (count > Integer.MAX_VALUE - 8) {
        throw new DataException(
            "%s has more than 2^31 numbers; split it into smaller arrays.".formatted(where));
      }
      if (header.bytes + count * header.type.bytes > available) {
        throw truncated(where, null);
      }
      double[] values = values(in, header, (int) count);
      return new NpyArray(
          name,
          header.type,
          header.shape,
          header.fortran ? rowMajor(values, header.shape) : values);
    } catch (EOFException e) {
      throw truncated(where, e);
    }
  }

  /** Writes one array, version 1, little-endian, row-major. */
  static void write(NpyArray array, OutputStream out) throws IOException {
    String shape =
        Arrays.stream(array.shape()).mapToObj(size -> size + ",").collect(Collectors.joining(" "));
    NpyType type = array.type();
    String text =
        "{'descr': '%s%s', 'fortran_order': False, 'shape': (%s), }"
            .formatted(type.bytes == 1 ? "|" : "<", type.code, shape);
    int unpadded = MAGIC.length + 4 + text.length() + 1;
    String header = text + " ".repeat(Math.floorMod(-unpadded, ALIGNMENT)) + "\n";
    out.write(MAGIC);
    out.write(new byte[] {1, 0, (byte) header.length(), (byte) (header.length() >>> 8)});
    out.write(header.getBytes(StandardCharsets.ISO_8859_1));
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : array.values()) {
      if (!buffer.hasRemaining()) {
        out.write(buffer.array());
        buffer.clear();
      }
      type.put(buffer, value);
    }
    out.write(buffer.array(), 0, buffer.position());
  }

  private static Header header(InputStream in, String where) throws IOException {
    byte[] start = exactly(in, MAGIC.length + 2);
    if (!Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new DataException(
          where
              + " is not a NumPy array (its first bytes are not \\x93NUMPY); save it with numpy.savez.");
    }
    int version = start[MAGIC.length];
    if (version < 1 || version > 3) {
      throw new DataException(
          "%s has npy version %d; versions 1 to 3 can be read.".formatted(where, version));
    }
    int lengthBytes = version == 1 ? 2 : 4;
    byte[] length = Arrays.copyOf(exactly(in, lengthBytes), 4);
    int size = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (size < 0 || size > LONGEST_HEADER) {
      throw new DataException(where + " has a damaged header; save it again with numpy.savez.");
    }
    String text = new String(exactly(in, size), StandardCharsets.UTF_8);
    return parse(text, start.length + lengthBytes + size, where);
  }

  private static Header parse(String text, int bytes, String where) {
    Matcher descr = DESCR.matcher(text);
    Matcher order = ORDER.matcher(text);
    Matcher shape = SHAPE.matcher(text);
    if (!descr.find() || !order.find() || !shape.find()) {
      throw new DataException(
          "%s has a header that is not one plain array: %s; save plain numbers with numpy.savez."
              .formatted(where, text.strip()));
    }
    NpyType type = null;
    for (NpyType candidate : NpyType.values()) {
      type = candidate.code.equals(descr.group(2)) ? candidate : type;
    }
    if (type == null) {
      throw new DataException(
          "%s has numbers of type %s; convert them to float32, float64, int32, int64, uint8 or bool."
              .formatted(where, descr.group(1) + descr.group(2)));
    }
    int[] sizes;
    try {
      sizes =
          Pattern.compile(",")
              .splitAsStream(shape.group(1).replace("L", ""))
              .map(String::strip)
              .filter(size -> !size.isEmpty())
              .mapToInt(Integer::parseInt)
              .toArray();
    } catch (NumberFormatException e) {
      throw new DataException(
          "%s has an unreadable shape (%s).".formatted(where, shape.group(1)), e);
    }
    ByteOrder byteOrder =
        descr.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return new Header(type, byteOrder, order.group(1).equals("True"), sizes, bytes);
  }

  private static double[] values(InputStream in, Header header, int count) throws IOException {
    double[] values = new double[count];
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(header.order);
    int width = header.type.bytes;
    int chunk = BUFFER / width;
    for (int done = 0; done < count; done += chunk) {
      int now = Math.min(chunk, count - done);
      if (in.readNBytes(buffer.array(), 0, now * width) < now * width) {
        throw new EOFException();
      }
      for (int i = 0; i < now; i++) {
        values[done + i] = header.type.get(buffer, i * width);
      }
    }
    return values;
  }

  /** From first-axis-fastest to last-axis-fastest order. */
  private static double[] rowMajor(double[] fortran, int[] shape) {
    double[] values = new double[fortran.length];
    int[] index = new int[shape.length];
    for (int i = 0; i < values.length; i++) {
      int at = 0;
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        at = at * shape[axis] + index[axis];
      }
      values[i] = fortran[at];
      for (int axis = shape.length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--) {
        index[axis] = 0;
      }
    }
    return values;
  }

  private static byte[] exactly(InputStream in, int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException();
    }
    return bytes;
  }

  private static DataException truncated(String where, @Nullable Throwable cause) {
    return new DataException(
        where + " ends before its last number: it is cut off; save or copy it again.", cause);
  }
}
