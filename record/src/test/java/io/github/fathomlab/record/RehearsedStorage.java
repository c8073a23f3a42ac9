package io.github.fathomlab.record;

import java.io.IOException;
import java.nio.file.Path;

/** The real file system with a limited disk and something that happens before every operation. */
final class RehearsedStorage implements Storage {
  private final Storage disk = Storage.DISK;
  private final Runnable before;
  private long free;

  RehearsedStorage(long free, Runnable before) {
    this.free = free;
    this.before = before;
  }

  @Override
  public Sink create(Path file) throws IOException {
    before.run();
    Sink sink = disk.create(file);
    return new Sink() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        before.run();
        int fits = (int) Math.min(free, length);
        sink.write(bytes, offset, fits);
        free -= fits;
        if (fits < length) {
          throw new IOException("No space left on device");
        }
      }

      @Override
      void force() throws IOException {
        before.run();
        sink.force();
      }

      @Override
      void truncate(long length) throws IOException {
        before.run();
        sink.truncate(length);
      }

      @Override
      public void close() throws IOException {
        sink.close();
      }
    };
  }

  @Override
  public void force(Path file) throws IOException {
    before.run();
    disk.force(file);
  }

  @Override
  public void publish(Path temporary, Path target) throws IOException {
    before.run();
    disk.publish(temporary, target);
  }

  @Override
  public void delete(Path file) throws IOException {
    before.run();
    disk.delete(file);
  }
}
