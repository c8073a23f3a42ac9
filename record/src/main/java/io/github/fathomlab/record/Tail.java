package io.github.fathomlab.record;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The growing file {@code live.ndjson}: the readings since the last part, by whole lines.
 *
 * <p>Its first line {@code {"part":N}} says which part the lines will become. Once part N exists
 * the tail is spent, whether or not it has been replaced yet; this is what makes sealing safe
 * against a kill at any moment.
 */
final class Tail implements Closeable {
  /** What {@link #part} returns when there is no tail. */
  static final int NONE = -1;

  private static final Pattern HEADER = Pattern.compile("\\{\"part\":(\\d{1,9})\\}");

  private final Storage.Sink sink;
  private final long headerLength;
  private long length;

  private Tail(Storage.Sink sink, long headerLength) {
    this.sink = sink;
    this.headerLength = headerLength;
    this.length = headerLength;
  }

  /** Replaces the tail of a run by an empty one that will become the given part. */
  static Tail begin(RunDirectory run, int part) throws IOException {
    Storage storage = run.storage();
    Path temporary = Storage.temporary(run.liveTail());
    byte[] header = ("{\"part\":" + part + "}\n").getBytes(StandardCharsets.US_ASCII);
    Storage.Sink sink = storage.create(temporary);
    try {
      sink.write(header);
      sink.force();
      storage.publish(temporary, run.liveTail());
      return new Tail(sink, header.length);
    } catch (IOException e) {
      sink.close();
      storage.discard(temporary, e);
      throw e;
    }
  }

  /**
   * The part that the tail of a run will become, {@link #NONE} when the tail is absent or holds
   * nothing yet.
   */
  static int part(RunDirectory run) {
    try (BufferedReader lines =
        Files.newBufferedReader(run.liveTail(), StandardCharsets.ISO_8859_1)) {
      String first = lines.readLine();
      Matcher header = HEADER.matcher(first == null ? "" : first);
      if (header.matches()) {
        return Integer.parseInt(header.group(1));
      }
      if (lines.readLine() == null) {
        return NONE;
      }
      throw new RecordException(
          "expected {\"part\":N} in line 1 of " + run.liveTail() + ", found something else");
    } catch (NoSuchFileException _) {
      return NONE;
    } catch (IOException e) {
      throw RecordException.reading(run.liveTail(), e);
    }
  }

  /** Appends whole lines; when that fails the file ends with the last whole line before them. */
  void append(byte[] lines, int count) throws IOException {
    try {
      sink.write(lines, 0, count);
      length += count;
    } catch (IOException e) {
      try {
        sink.truncate(length);
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  boolean isEmpty() {
    return length == headerLength;
  }

  @Override
  public void close() throws IOException {
    sink.close();
  }
}
