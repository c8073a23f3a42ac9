package io.github.fathomlab.data;

import static io.github.fathomlab.data.Failures.sentence;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.fathomlab.kernels.CounterRandom;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpzFileTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"numpy_stored.npz", "numpy_deflated.npz"})
  void readsWhatNumpyWrote(String fixture) throws IOException {
    Path file = directory.resolve(fixture);
    Files.write(file, resource(fixture));
    SequencedMap<String, NpyArray> arrays = NpzFile.read(file);
    assertEquals(
        List.of("f4", "f8", "i4", "i8", "u1", "b1", "fortran", "big_endian", "scalar", "empty"),
        List.copyOf(arrays.sequencedKeySet()));
    expect(arrays, "f4", NpyType.FLOAT32, 0.25, 1.25, 2.25, 3.25, 4.25, 5.25);
    expect(arrays, "f8", NpyType.FLOAT64, 0, 1 / 3., 2 / 3., 1, 4 / 3., 5 / 3.);
    expect(arrays, "i4", NpyType.INT32, -4, -3, -2, -1, 0, 1);
    expect(arrays, "i8", NpyType.INT64, -4, -3, -2, -1, 0, 1);
    expect(arrays, "u1", NpyType.UINT8, 250, 251, 252, 253, 254, 255);
    expect(arrays, "b1", NpyType.BOOL, 0, 1, 0, 1, 0, 1);
    expect(arrays, "big_endian", NpyType.FLOAT32, 0.5, 1.5, 2.5, 3.5, 4.5, 5.5);
    expect(arrays, "scalar", NpyType.FLOAT64, 7.5);
    expect(arrays, "empty", NpyType.FLOAT64);
    expect(arrays, "fortran", NpyType.FLOAT64, IntStream.range(0, 24).asDoubleStream().toArray());
    assertArrayEquals(new int[] {2, 3, 4}, array(arrays, "fortran").shape());
    assertArrayEquals(new int[] {0, 3}, array(arrays, "empty").shape());
    assertArrayEquals(new int[0], array(arrays, "scalar").shape());
  }

  @Test
  void readsVersionTwo() throws IOException {
    byte[] bytes = resource("numpy_version2.npy");
    NpyArray array = NpyFormat.read("f8", new ByteArrayInputStream(bytes), bytes.length, "here");
    assertArrayEquals(new int[] {2, 3}, array.shape());
    assertEquals(5 / 3., array.values()[5]);
  }

  @ParameterizedTest
  @EnumSource
  void writesWhatItReads(NpyType type) {
    long key = CounterRandom.key(5, type.name().hashCode());
    for (int round = 0; round < 20; round++) {
      int rows = 1 + CounterRandom.below(key, 2L * round, 200);
      int columns = 1 + CounterRandom.below(key, 2L * round + 1, 200);
      double[] values = new double[rows * columns];
      for (int i = 0; i < values.length; i++) {
        values[i] = CounterRandom.below(key + round, i, type == NpyType.BOOL ? 2 : 256);
      }
      Path file = directory.resolve("round.npz");
      NpzFile.write(file, Map.of("a", new NpyArray("a", type, new int[] {rows, columns}, values)));
      NpyArray back = array(NpzFile.read(file), "a");
      assertEquals(type, back.type());
      assertArrayEquals(new int[] {rows, columns}, back.shape());
      assertArrayEquals(values, back.values());
    }
  }

  @Test
  void writesTheSameBytesAndLeavesNoPartialFile() throws IOException {
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    arrays.put("layer_00", NpyArray.of("layer_00", new double[] {1, 2.5}, 2));
    arrays.put("labels", new NpyArray("labels", NpyType.INT64, new int[] {1}, new double[] {3}));
    Path a = directory.resolve("a.npz");
    Path b = directory.resolve("b.npz");
    NpzFile.write(a, arrays);
    NpzFile.write(b, arrays);
    assertArrayEquals(Files.readAllBytes(a), Files.readAllBytes(b));
    assertFalse(Files.exists(directory.resolve("a.npz.part")));
    sentence(
        () -> NpzFile.write(directory.resolve("no/such/dir.npz"), arrays), "cannot be written");
  }

  @Test
  void readsOnlyWhatIsWantedAndListsTheNearestNames() {
    Path file = directory.resolve("names.npz");
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    for (String name : List.of("unrelated", "x_train", "y_train", "x_test")) {
      arrays.put(name, NpyArray.of(name, new double[] {1}, 1));
    }
    NpzFile.write(file, arrays);
    assertEquals(1, NpzFile.read(file, List.of("x_train")).size());
    sentence(
        () -> NpzFile.read(file, List.of("x_trian")),
        "'x_trian'",
        "the nearest names are: x_train, ");
  }

  @Test
  void missingFile() {
    sentence(() -> NpzFile.read(directory.resolve("gone.npz")), "gone.npz does not exist");
  }

  @Test
  void truncatedAtManyLengths() throws IOException {
    byte[] whole = resource("numpy_deflated.npz");
    Path file = directory.resolve("cut.npz");
    for (int length = 0; length < whole.length; length += 13) {
      Files.write(file, Arrays.copyOf(whole, length));
      sentence(() -> NpzFile.read(file), "cut.npz", "cut off");
    }
  }

  @Test
  void truncatedArrayInsideASoundZip() throws IOException {
    byte[] array = npy("{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }", 24);
    for (int length = 0; length < array.length; length++) {
      Path file = zip("a.npy", Arrays.copyOf(array, length));
      sentence(() -> NpzFile.read(file), "array 'a'", "cut off");
    }
    assertEquals(1, NpzFile.read(zip("a.npy", array)).size());
  }

  @Test
  void damagedStoredArrayIsNoticedByItsChecksum() throws IOException {
    byte[] array = npy("{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }", 24);
    Path file = zip("a.npy", array);
    byte[] bytes = Files.readAllBytes(file);
    bytes[30 + "a.npy".length() + array.length - 1] ^= 1;
    Files.write(file, bytes);
    sentence(() -> NpzFile.read(file), "array 'a'", "checksum");
  }

  @Test
  void foreignContent() throws IOException {
    sentence(() -> NpzFile.read(zip("a.npy", new byte[100])), "not a NumPy array");
    sentence(() -> NpzFile.read(zip("readme.txt", new byte[100])), "holds no array");
    sentence(
        () ->
            NpzFile.read(
                zip(
                    "a.npy",
                    npy("{'descr': '<c16', 'fortran_order': False, 'shape': (1,), }", 16))),
        "<c16",
        "float32");
    sentence(
        () ->
            NpzFile.read(
                zip(
                    "a.npy",
                    npy("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,), }", 8))),
        "plain");
    sentence(
        () ->
            NpzFile.read(
                zip(
                    "a.npy",
                    npy("{'descr': '<f8', 'fortran_order': False, 'shape': (99999, 99999), }", 8))),
        "2^31");
    byte[] version9 = npy("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }", 8);
    version9[6] = 9;
    sentence(() -> NpzFile.read(zip("a.npy", version9)), "version 9");
  }

  private static byte[] npy(String header, int bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0});
    out.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(new byte[bytes]);
    return out.toByteArray();
  }

  private Path zip(String name, byte[] content) throws IOException {
    Path file = directory.resolve("hand.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      CRC32 crc = new CRC32();
      crc.update(content);
      ZipEntry entry = new ZipEntry(name);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(content.length);
      entry.setCrc(crc.getValue());
      zip.putNextEntry(entry);
      zip.write(content);
      zip.closeEntry();
    }
    return file;
  }

  private static void expect(
      Map<String, NpyArray> arrays, String name, NpyType type, double... values) {
    assertEquals(type, array(arrays, name).type());
    assertArrayEquals(values, array(arrays, name).values(), 1e-15);
  }

  private static NpyArray array(Map<String, NpyArray> arrays, String name) {
    return Objects.requireNonNull(arrays.get(name));
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(NpzFileTest.class.getResourceAsStream(name))) {
      return in.readAllBytes();
    }
  }
}
