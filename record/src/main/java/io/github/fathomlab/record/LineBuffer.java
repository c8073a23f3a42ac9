package io.github.fathomlab.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing array of bytes with the few pieces of JSON that the tail is made of. */
final class LineBuffer {
  private static final int LONGEST_NUMBER = 26;

  private byte[] bytes = new byte[1024];
  private int size;

  int size() {
    return size;
  }

  byte[] bytes() {
    return bytes;
  }

  void clear() {
    size = 0;
  }

  LineBuffer ascii(String text) {
    reserve(text.length());
    put(text);
    return this;
  }

  LineBuffer bytes(byte[] text) {
    reserve(text.length);
    System.arraycopy(text, 0, bytes, size, text.length);
    size += text.length;
    return this;
  }

  LineBuffer number(long value) {
    return ascii(Long.toString(value));
  }

  /**
   * The shortest decimal that reads back as the same double; null for NaN, a string for the
   * infinities.
   */
  LineBuffer number(double value) {
    if (Double.isFinite(value)) {
      return ascii(Double.toString(value));
    }
    return ascii(Double.isNaN(value) ? "null" : value > 0 ? "\"Infinity\"" : "\"-Infinity\"");
  }

  /** A list of numbers with brackets. */
  LineBuffer numbers(double[] values, int count) {
    reserve(count * LONGEST_NUMBER + 2);
    bytes[size++] = '[';
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        bytes[size++] = ',';
      }
      number(values[i]);
    }
    return ascii("]");
  }

  /** A string with quotes and escapes. */
  LineBuffer string(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        escaped.append('\\').append(c);
      } else if (c < ' ') {
        escaped.append("\\u%04x".formatted((int) c));
      } else {
        escaped.append(c);
      }
    }
    return bytes(escaped.append('"').toString().getBytes(StandardCharsets.UTF_8));
  }

  private void put(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      bytes[size + i] = (byte) text.charAt(i);
    }
    size += length;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
    }
  }
}
