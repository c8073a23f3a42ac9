package io.github.fathomlab.data;

import io.github.fathomlab.data.DownloadableDataset.RemoteFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the files of a data set into a directory.
 *
 * <p>Each file grows as {@code NAME.part}, is resumed by HTTP Range after a cut (in the same call
 * and in the next one), is held against its published SHA-256 and only then renamed. A file that is
 * already there and sound is left alone.
 */
public final class DatasetDownload {
  private static final int CONNECT_MILLIS = 15_000;

  /** A silent server counts as a cut connection. */
  private static final int READ_MILLIS = 30_000;

  private static final int BUFFER = 1 << 16;

  private final DownloadableDataset dataset;
  private final Path directory;
  private final DownloadProgress progress;

  public DatasetDownload(DownloadableDataset dataset, Path directory, DownloadProgress progress) {
    this.dataset = dataset;
    this.directory = directory;
    this.progress = progress;
  }

  /** Into the place where {@link Idx} looks first, {@code ~/.cache/fathom/NAME}. */
  public static DatasetDownload toCache(DownloadableDataset dataset, DownloadProgress progress) {
    Path cache = DataDirectories.standard().cache();
    return new DatasetDownload(dataset, cache.resolve(dataset.name()), progress);
  }

  /**
   * The directory with all files in it.
   *
   * @throws DataException when offline, refused, cut off for good, or when a checksum is wrong
   */
  public Path fetch() {
    try {
      Files.createDirectories(directory);
      for (RemoteFile file : dataset.files()) {
        fetch(file);
      }
      return directory;
    } catch (IOException e) {
      throw new DataException(
          "%s cannot be written: %s; free space or permissions and run the command again."
              .formatted(directory, e.getMessage()),
          e);
    }
  }

  private void fetch(RemoteFile file) throws IOException {
    Path target = directory.resolve(file.name());
    if (Files.isRegularFile(target) && sha256(target).equals(file.sha256())) {
      progress.advanced(file.name(), file.size(), file.size());
      return;
    }
    Path part = directory.resolve(file.name() + ".part");
    transfer(file, part);
    String found = sha256(part);
    if (!found.equals(file.sha256())) {
      Files.delete(part);
      throw new DataException(
          "%s has SHA-256 %s, expected %s; it was thrown away, run the command again or put the right file into %s by hand."
              .formatted(address(file), found, file.sha256(), directory));
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private void transfer(RemoteFile file, Path part) throws IOException {
    try (FileChannel channel =
            FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = lock(channel)) {
      if (lock == null) {
        throw new DataException(
            "another download is filling " + part + "; wait until it has ended.");
      }
      if (channel.size() > file.size()) {
        channel.truncate(0);
      }
      while (channel.size() < file.size()) {
        long before = channel.size();
        String reason = attempt(file, channel);
        if (channel.size() <= before) {
          throw new DataException(
              "the transfer of %s stopped at %d of %d bytes (%s); run the command again to go on from there."
                  .formatted(address(file), channel.size(), file.size(), reason));
        }
      }
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  /** One request; returns why it ended, which matters only when it brought nothing. */
  private String attempt(RemoteFile file, FileChannel channel) throws IOException {
    HttpURLConnection connection = connect(file, channel.size());
    try {
      int status;
      InputStream answer;
      try {
        status = connection.getResponseCode();
        answer = status < 300 ? connection.getInputStream() : InputStream.nullInputStream();
      } catch (IOException e) {
        return String.valueOf(e.getMessage());
      }
      try (InputStream body = answer) {
        if (status == HttpURLConnection.HTTP_OK) {
          channel.truncate(0);
        } else if (status != HttpURLConnection.HTTP_PARTIAL) {
          throw new DataException(
              "%s answered with status %d; %s.".formatted(address(file), status, otherWays()));
        }
        return append(body, file, channel);
      }
    } finally {
      connection.disconnect();
    }
  }

  private HttpURLConnection connect(RemoteFile file, long have) throws IOException {
    // Not java.net.http: it cannot give up on a body that stalls.
    HttpURLConnection connection = (HttpURLConnection) address(file).toURL().openConnection();
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(READ_MILLIS);
    if (have > 0) {
      connection.setRequestProperty("Range", "bytes=" + have + "-");
    }
    try {
      connection.connect();
    } catch (IOException e) {
      String reason = e instanceof UnknownHostException ? "unknown host" : e.getMessage();
      throw new DataException(
          "%s cannot be reached (%s): this machine seems to be offline; %s."
              .formatted(dataset.base(), reason, otherWays()),
          e);
    }
    return connection;
  }

  private String append(InputStream body, RemoteFile file, FileChannel channel) throws IOException {
    byte[] buffer = new byte[BUFFER];
    channel.position(channel.size());
    while (channel.size() < file.size()) {
      int count;
      try {
        count = body.read(buffer);
      } catch (IOException e) {
        return String.valueOf(e.getMessage());
      }
      if (count < 0) {
        return "the connection was closed";
      }
      ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      progress.advanced(file.name(), channel.size(), file.size());
    }
    return "complete";
  }

  private URI address(RemoteFile file) {
    return dataset.base().resolve(file.name());
  }

  private String otherWays() {
    String manual = "put the files %s into %s by hand".formatted(fileNames(), directory);
    String debian = dataset.debianPackage();
    return debian == null ? manual : "apt-get install " + debian + ", or " + manual;
  }

  private String fileNames() {
    return String.join(", ", dataset.files().stream().map(RemoteFile::name).toList());
  }

  private static String sha256(Path file) throws IOException {
    try (DigestInputStream in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
