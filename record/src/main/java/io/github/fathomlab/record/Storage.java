package io.github.fathomlab.record;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * The few operations that change a run directory.
 *
 * <p>Everything durable passes through here, so that a full disk and a kill between any two
 * operations can be rehearsed.
 */
interface Storage {

  /** The real file system. */
  Storage DISK = new Disk();

  /** Creates or empties a file and opens it for writing. */
  Sink create(Path file) throws IOException;

  /** Waits until the content of a file that another library wrote is on the device. */
  void force(Path file) throws IOException;

  /**
   * Gives a finished file its final name, replacing what was there, in one step that survives a
   * power cut.
   */
  void publish(Path temporary, Path target) throws IOException;

  /** Removes a file if it exists. */
  void delete(Path file) throws IOException;

  /**
   * Writes all bytes to the temporary name {@code target.tmp} and publishes them as {@code target}.
   */
  default void replace(Path target, Content content) throws IOException {
    Path temporary = temporary(target);
    try {
      try (Sink sink = create(temporary)) {
        content.writeTo(sink);
        sink.force();
      }
      publish(temporary, target);
    } catch (IOException e) {
      discard(temporary, e);
      throw e;
    }
  }

  /** Removes a temporary file after a failure, whose cause is what the user must hear about. */
  default void discard(Path temporary, Exception failure) {
    try {
      delete(temporary);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** The name a file bears until it is whole. */
  static Path temporary(Path target) {
    return target.resolveSibling(target.getFileName() + ".tmp");
  }

  /** Something that can be written out. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** A file open for writing. */
  abstract class Sink extends OutputStream {
    abstract void force() throws IOException;

    abstract void truncate(long length) throws IOException;
  }

  /**
   * The real file system; random access files because a channel would close when its thread is
   * interrupted.
   */
  final class Disk implements Storage {
    private Disk() {}

    @Override
    public Sink create(Path file) throws IOException {
      RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw");
      try {
        opened.setLength(0);
      } catch (IOException e) {
        opened.close();
        throw e;
      }
      return new DiskSink(opened);
    }

    @Override
    public void force(Path file) throws IOException {
      try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
        opened.getFD().sync();
      }
    }

    @Override
    public void publish(Path temporary, Path target) throws IOException {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      Path directory = Objects.requireNonNull(target.toAbsolutePath().getParent());
      try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
        entries.force(true);
      }
    }

    @Override
    public void delete(Path file) throws IOException {
      Files.deleteIfExists(file);
    }
  }

  /** A file on the real file system. */
  final class DiskSink extends Sink {
    private final RandomAccessFile file;

    private DiskSink(RandomAccessFile file) {
      this.file = file;
    }

    @Override
    public void write(int b) throws IOException {
      file.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      file.write(bytes, offset, length);
    }

    @Override
    void force() throws IOException {
      file.getFD().sync();
    }

    @Override
    void truncate(long length) throws IOException {
      file.setLength(length);
      file.seek(length);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
