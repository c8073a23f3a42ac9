package io.github.fathomlab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.data.NpyArray;
import io.github.fathomlab.data.NpzFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong with what the user gives: one clear sentence, exit code 2, nothing written. */
class BadInputTest {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          network.widht=3                | did you mean "width"
          replicas=many                  | replicas: expected an integer
          network.widths=[8, -3]         | network.widths
          training.steps=0               | training.steps
          optimizer.learning_rate=fast   | optimizer.learning_rate
          optimizer.kind=adamm           | adam
          precision=float16              | float32
          """)
  void settings(String set, String said) {
    assertRefused(said, "src/test/resources/small.yaml", "--set", set);
  }

  @Test
  void unknownKeyInAFileNamesItsLine() throws IOException {
    Path file = folder.resolve("mine.yaml");
    Files.writeString(file, "name: mine\nreplica: 3\n");
    assertRefused("mine.yaml:2", file);
    assertRefused("did you mean \"replicas\"", file);
  }

  @Test
  void missingFile() {
    assertRefused("no such file", folder.resolve("none.yaml"));
  }

  @Test
  void missingData() {
    assertRefused("x.npz", experiment("{kind: npz, file: x.npz, x: x, y: y}"));
  }

  @Test
  void emptyData() {
    npz(new double[0], 0, 2, new double[0]);
    assertRefused("data.npz", experiment("{kind: npz, file: data.npz, x: x, y: y}"));
  }

  @Test
  void oneClass() {
    npz(new double[] {1, 2, 3, 4}, 4, 1, new double[4]);
    assertRefused("class", experiment("{kind: npz, file: data.npz, x: x, y: y}"));
  }

  @Test
  void labelsOutOfRange() {
    npz(new double[] {1, 2, 3, 4}, 4, 1, new double[] {0, 1, 7, 1});
    assertRefused("7", experiment("{kind: npz, file: data.npz, x: x, y: y, classes: 3}"));
    npz(new double[] {1, 2, 3, 4}, 4, 1, new double[] {0, 1, -1, 1});
    assertRefused("-1", experiment("{kind: npz, file: data.npz, x: x, y: y}"));
  }

  @Test
  void notANumber() {
    npz(new double[] {1, 2, Double.NaN, 4}, 4, 1, new double[] {0, 1, 0, 1});
    assertRefused("NaN", experiment("{kind: npz, file: data.npz, x: x, y: y}"));
  }

  @Test
  void truncatedNpz() throws IOException {
    npz(new double[] {1, 2, 3, 4}, 4, 1, new double[] {0, 1, 0, 1});
    cut(folder.resolve("data.npz"));
    assertRefused("cut off", experiment("{kind: npz, file: data.npz, x: x, y: y}"));
  }

  @Test
  void truncatedIdx() throws IOException {
    idx(false);
    assertRefused(
        "train-images", experiment("{kind: idx, name: mine, directory: ., train: 8, test: 4}"));
  }

  @Test
  void truncatedGzip() throws IOException {
    idx(true);
    assertRefused(
        "train-images", experiment("{kind: idx, name: mine, directory: ., train: 8, test: 4}"));
  }

  @Test
  void outputThatCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    Invocation refused = Invocation.smallRun(file.resolve("run")).ends(2);
    assertTrue(refused.err().contains(file.toString()), refused.err());
  }

  @Test
  void jsonErrorsAreOneDocument() {
    Invocation refused = Invocation.of("run", folder.resolve("none.yaml"), JSON).ends(2);
    assertTrue(refused.json().path("error").asString().contains("no such file"), refused.out());
    Invocation option = Invocation.of("readings", "run", "--quantit", "x", JSON).ends(2);
    assertTrue(
        option.json().path("error").asString().contains("did you mean --quantity"), option.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          runn                | run
          run --worker 2      | --workers
          run --workers 0     | --workers: expected at least 1
          run --workers two   | --workers
          resume              | RUN
          reproduce nothing   | reproduce --list
          reproduce spring-blok | did you mean "spring-block"
          reproduce bulk-boundary/ledgr-balances | did you mean "bulk-boundary/ledger-balances"
          reproduce ledger-balances | did you mean "bulk-boundary/ledger-balances"
          reproduce /         | no claim "/"
          reproduce --list x y z | z
          data                | list, fetch or show
          data fetch mnits    | mnist
          completion fish     | bash
          readings no-run     | does not exist
          measure no.npz      | does not exist
          cite no-run         | does not exist
          report no-run       | does not exist
          """)
  void arguments(String line, String said) {
    Invocation refused = Invocation.of((Object[]) line.split(" +")).ends(2);
    assertTrue(refused.err().contains(said), refused.err());
    assertEquals("", refused.out());
  }

  private static final String JSON = "--json";

  private void assertRefused(String said, Object... arguments) {
    Path out = folder.resolve("run");
    Object[] command = new Object[arguments.length + 3];
    command[0] = "run";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    command[command.length - 2] = "--out";
    command[command.length - 1] = out;
    Invocation refused = Invocation.of(command).ends(2);
    assertTrue(refused.err().contains(said), refused.err());
    assertFalse(refused.err().contains("Exception"), refused.err());
    assertEquals("", refused.out());
    assertFalse(Files.exists(out), "something was written");
  }

  private Path experiment(String data) {
    try {
      return Files.writeString(
          folder.resolve("mine.yaml"),
          "name: mine\ndata: " + data + "\ntraining: {batch: full, steps: 3}\nreplicas: 1\n");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void npz(double[] x, int samples, int features, double[] y) {
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    arrays.put("x", NpyArray.of("x", x, samples, features));
    arrays.put("y", NpyArray.of("y", y, samples));
    NpzFile.write(folder.resolve("data.npz"), arrays);
  }

  /** IDX files of 12 images of 2 x 2, of which the training images end too early. */
  private void idx(boolean compressed) throws IOException {
    byte[] images =
        ByteBuffer.allocate(16 + 48).putInt(0x803).putInt(12).putInt(2).putInt(2).array();
    byte[] labels = ByteBuffer.allocate(8 + 12).putInt(0x801).putInt(12).array();
    for (int i = 0; i < 12; i++) {
      labels[8 + i] = (byte) (i % 2);
      images[16 + 4 * i] = (byte) (i * 20);
    }
    for (String part : new String[] {"train", "t10k"}) {
      write(part + "-images-idx3-ubyte", images, compressed);
      write(part + "-labels-idx1-ubyte", labels, compressed);
    }
    cut(folder.resolve("train-images-idx3-ubyte" + (compressed ? ".gz" : "")));
  }

  private void write(String name, byte[] bytes, boolean compressed) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    if (compressed) {
      try (GZIPOutputStream gzip = new GZIPOutputStream(content)) {
        gzip.write(bytes);
      }
    } else {
      content.write(bytes);
    }
    Files.write(folder.resolve(name + (compressed ? ".gz" : "")), content.toByteArray());
  }

  private static void cut(Path file) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length * 2 / 3));
  }
}
