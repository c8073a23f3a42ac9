package io.github.fathomlab.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The right to write a run, held by one process at a time.
 *
 * <p>The operating system gives the lock back when the process ends, however it ends; the file {@code lock} stays and
 * names the last writer.
 */
final class RunLock implements AutoCloseable {
  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  static RunLock take(RunDirectory run) {
    Path file = run.path().resolve("lock");
    try {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        if (channel.tryLock() == null) {
          throw new OverlappingFileLockException();
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
        return new RunLock(channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (OverlappingFileLockException e) {
      throw new RecordException(
          "the run " + run.path() + " is being written by process " + writer(file) + "; wait for it or end it", e);
    } catch (IOException e) {
      throw RecordException.writing(file, e, "name a run that can be written");
    }
  }

  private static String writer(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException _) {
      return "(unknown)";
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
