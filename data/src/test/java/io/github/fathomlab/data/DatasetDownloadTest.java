package io.github.fathomlab.data;

import static io.github.fathomlab.data.Failures.sentence;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.fathomlab.data.DownloadableDataset.RemoteFile;
import io.github.fathomlab.kernels.CounterRandom;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetDownloadTest {
  private static final int SIZE = 300_000;

  @TempDir Path directory;
  private final byte[] content = new byte[SIZE];
  private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
  private volatile int cutAfter = Integer.MAX_VALUE;
  private volatile boolean knowsRanges = true;
  private volatile int status = 200;
  private HttpServer server;
  private DownloadableDataset dataset;

  @BeforeEach
  void serve() throws Exception {
    for (int i = 0; i < SIZE; i++) {
      content[i] = (byte) CounterRandom.bits(11, i);
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/set/file.gz", this::answer);
    server.start();
    dataset = dataset(server.getAddress().getPort(), sha256(content));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void downloadsAndReportsProgressAndLeavesNoPart() throws IOException {
    List<Long> heard = new ArrayList<>();
    new DatasetDownload(
            dataset,
            directory.resolve("new/place"),
            (file, bytes, total) -> {
              assertEquals("file.gz", file);
              assertEquals(SIZE, total);
              heard.add(bytes);
            })
        .fetch();
    assertArrayEquals(content, Files.readAllBytes(directory.resolve("new/place/file.gz")));
    assertFalse(Files.exists(directory.resolve("new/place/file.gz.part")));
    assertEquals(heard.stream().sorted().toList(), heard);
    assertEquals(SIZE, heard.getLast());
  }

  @Test
  void soundFileIsNotFetchedAgain() {
    fetch();
    fetch();
    assertEquals(1, ranges.size());
  }

  @Test
  void damagedFileIsFetchedAgain() throws IOException {
    Files.write(directory.resolve("file.gz"), new byte[SIZE]);
    fetch();
    assertArrayEquals(content, Files.readAllBytes(directory.resolve("file.gz")));
  }

  @Test
  void goesOnAfterACutConnectionInTheSameCall() throws IOException {
    cutAfter = 120_000;
    fetch();
    assertArrayEquals(content, Files.readAllBytes(directory.resolve("file.gz")));
    assertEquals("none", ranges.getFirst());
    assertTrue(ranges.size() > 1, ranges.toString());
    assertTrue(ranges.getLast().startsWith("bytes="), ranges.toString());
  }

  @Test
  void goesOnFromThePartOfAnEarlierCall() throws IOException {
    Files.write(directory.resolve("file.gz.part"), Arrays.copyOf(content, 100_000));
    fetch();
    assertEquals(List.of("bytes=100000-"), ranges);
    assertArrayEquals(content, Files.readAllBytes(directory.resolve("file.gz")));
  }

  @Test
  void completePartNeedsNoRequest() throws IOException {
    Files.write(directory.resolve("file.gz.part"), content);
    fetch();
    assertEquals(List.of(), ranges);
    assertArrayEquals(content, Files.readAllBytes(directory.resolve("file.gz")));
  }

  @Test
  void startsOverWhenTheServerKnowsNoRangesOrThePartIsTooLong() throws IOException {
    knowsRanges = false;
    Files.write(directory.resolve("file.gz.part"), new byte[1000]);
    fetch();
    assertArrayEquals(content, Files.readAllBytes(directory.resolve("file.gz")));
    Files.move(directory.resolve("file.gz"), directory.resolve("away"));
    Files.write(directory.resolve("file.gz.part"), new byte[SIZE + 1]);
    fetch();
    assertArrayEquals(content, Files.readAllBytes(directory.resolve("file.gz")));
  }

  @Test
  void keepsThePartWhenNothingMoreComes() throws IOException {
    Files.write(directory.resolve("file.gz.part"), Arrays.copyOf(content, 100_000));
    cutAfter = 0;
    sentence(this::fetch, "100000 of 300000 bytes", "run the command again");
    assertEquals(100_000, Files.size(directory.resolve("file.gz.part")));
  }

  @Test
  void wrongChecksumIsThrownAway() {
    DownloadableDataset wrong = dataset(server.getAddress().getPort(), "00".repeat(32));
    sentence(
        () -> new DatasetDownload(wrong, directory, (file, bytes, total) -> {}).fetch(),
        sha256(content),
        "expected 0000",
        "thrown away");
    assertFalse(Files.exists(directory.resolve("file.gz")));
    assertFalse(Files.exists(directory.resolve("file.gz.part")));
  }

  @Test
  void offlineNamesThePackageAndTheManualPlace() {
    server.stop(0);
    sentence(
        this::fetch, "offline", "apt-get install dataset-test", "file.gz", directory.toString());
  }

  @Test
  void refusalNamesTheStatusAndTheOtherWays() {
    status = 404;
    sentence(this::fetch, "status 404", "apt-get install dataset-test", directory.toString());
  }

  @Test
  void twoDownloadsDoNotMixTheirBytes() throws IOException {
    Path part = directory.resolve("file.gz.part");
    try (FileChannel channel =
            FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      assertTrue(lock.isValid());
      sentence(this::fetch, "another download", part.toString());
    }
    fetch();
    assertArrayEquals(content, Files.readAllBytes(directory.resolve("file.gz")));
  }

  @Test
  void unwritableDirectory() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    sentence(
        () -> new DatasetDownload(dataset, file.resolve("sub"), (name, bytes, total) -> {}).fetch(),
        "cannot be written");
  }

  @Test
  void knownDataSets() {
    assertEquals(List.of("mnist", "fashion-mnist"), DownloadableDataset.names());
    for (String name : DownloadableDataset.names()) {
      DownloadableDataset known = DownloadableDataset.named(name);
      assertEquals(4, known.files().size());
      for (RemoteFile file : known.files()) {
        assertTrue(file.sha256().matches("[0-9a-f]{64}"));
        assertTrue(known.base().resolve(file.name()).toString().endsWith("/" + file.name()));
      }
    }
    sentence(() -> DownloadableDataset.named("fashion"), "'fashion'", "fashion-mnist");
  }

  private void fetch() {
    new DatasetDownload(dataset, directory, (file, bytes, total) -> {}).fetch();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String range = exchange.getRequestHeaders().getFirst("Range");
      ranges.add(range == null ? "none" : range);
      if (status != 200) {
        exchange.sendResponseHeaders(status, -1);
        return;
      }
      boolean partial = range != null && knowsRanges;
      int start = partial ? Integer.parseInt(range.replaceAll("\\D", "")) : 0;
      exchange.sendResponseHeaders(partial ? 206 : 200, SIZE - start);
      exchange.getResponseBody().write(content, start, Math.min(cutAfter, SIZE - start));
      exchange.getResponseBody().flush();
    }
  }

  private static DownloadableDataset dataset(int port, String sha256) {
    return new DownloadableDataset(
            "test",
            "none",
            URI.create("http://unused.invalid/"),
            List.of(new RemoteFile("file.gz", SIZE, sha256)),
            "dataset-test")
        .from(URI.create("http://127.0.0.1:" + port + "/set/"));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
