package io.github.fathomlab.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to write a run, held by one recorder at a time.
 *
 * <p>The operating system gives the lock back when the process ends, however it ends; the file
 * {@code lock} stays and names the last writer.
 */
final class RunLock implements AutoCloseable {
  // POSIX drops a process's lock when it closes any handle of the file, so a second taker must not
  // even open it.
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path run;
  private final FileChannel channel;

  private RunLock(Path run, FileChannel channel) {
    this.run = run;
    this.channel = channel;
  }

  static RunLock take(RunDirectory directory) {
    Path file = directory.path().resolve("lock");
    try {
      Path run = directory.path().toRealPath();
      if (!HELD_HERE.add(run)) {
        throw held(directory, Long.toString(ProcessHandle.current().pid()));
      }
      try {
        return take(directory, run, file);
      } catch (IOException | RuntimeException e) {
        HELD_HERE.remove(run);
        throw e;
      }
    } catch (IOException e) {
      throw RecordException.writing(file, e, "the run is as it was", "try again");
    }
  }

  private static RunLock take(RunDirectory directory, Path run, Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        throw held(directory, Files.readString(file).strip());
      }
      channel.truncate(0);
      String writer = Long.toString(ProcessHandle.current().pid());
      channel.write(ByteBuffer.wrap(writer.getBytes(StandardCharsets.UTF_8)));
      return new RunLock(run, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static RecordException held(RunDirectory directory, String writer) {
    return new RecordException(
        "the run "
            + directory.path()
            + " is being written by process "
            + writer
            + "; wait for it or end it");
  }

  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      channel.close();
      HELD_HERE.remove(run);
    }
  }
}
