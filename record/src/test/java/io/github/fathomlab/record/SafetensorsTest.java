package io.github.fathomlab.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  @TempDir Path directory;

  static byte[] bytes(Safetensors content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    content.writeTo(out);
    return out.toByteArray();
  }

  private Path file(byte[] content) throws IOException {
    return Files.write(directory.resolve("weights.safetensors"), content);
  }

  private Path file(String header, int dataLength) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return file(
        ByteBuffer.allocate(8 + json.length + dataLength)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(json.length)
            .put(json)
            .array());
  }

  static Safetensors random(long seed) {
    Random random = new Random(seed);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < 1 + random.nextInt(6); i++) {
      int rows = random.nextInt(300);
      int columns = random.nextInt(300);
      int[] shape = {rows, columns};
      Tensor tensor =
          switch (random.nextInt(4)) {
            case 0 -> new Tensor.Floats(shape, floats(random, rows * columns));
            case 1 -> new Tensor.Doubles(shape, random.doubles(rows * (long) columns).toArray());
            case 2 -> new Tensor.Longs(shape, random.longs(rows * (long) columns).toArray());
            default -> new Tensor.Doubles(new int[0], new double[] {random.nextGaussian()});
          };
      tensors.put("W_" + random.nextInt(1000) + " \"ß\"", tensor);
    }
    return new Safetensors(tensors, Map.of("step", "12", "größe", "a\nb"));
  }

  private static float[] floats(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = Float.intBitsToFloat(random.nextInt());
    }
    return values;
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "4", "5", "6", "7", "8"})
  void readsBackTheSameBits(long seed) throws IOException {
    Safetensors written = random(seed);
    Safetensors read = Safetensors.read(file(bytes(written)));
    assertEquals(written.metadata(), read.metadata());
    assertEquals(written.tensors().keySet(), read.tensors().keySet());
    assertArrayEquals(bytes(written), bytes(read));
    written.tensors().forEach((name, tensor) -> assertSame(tensor, read.tensors().get(name)));
  }

  private static void assertSame(Tensor expected, @Nullable Tensor found) {
    assertNotNull(found);
    assertArrayEquals(expected.shape(), found.shape());
    assertEquals(expected.getClass(), found.getClass());
    if (expected instanceof Tensor.Longs e && found instanceof Tensor.Longs f) {
      assertArrayEquals(e.values(), f.values());
    } else if (expected instanceof Tensor.Doubles e && found instanceof Tensor.Doubles f) {
      assertArrayEquals(e.values(), f.values());
    } else if (expected instanceof Tensor.Floats e && found instanceof Tensor.Floats f) {
      assertArrayEquals(e.values(), f.values());
    }
  }

  @Test
  void writesTheLayoutOfTheFormat() throws IOException {
    Safetensors content =
        new Safetensors(
            Map.of("b", new Tensor.Floats(new int[] {2}, new float[] {1, -2})),
            Map.of("format", "pt"));
    String json =
        "{\"__metadata__\":{\"format\":\"pt\"},\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
    String header = json + " ".repeat((8 - json.length() % 8) % 8);
    ByteBuffer expected =
        ByteBuffer.allocate(8 + header.length() + 8).order(ByteOrder.LITTLE_ENDIAN);
    expected
        .putLong(header.length())
        .put(header.getBytes(StandardCharsets.UTF_8))
        .putFloat(1)
        .putFloat(-2);
    assertArrayEquals(expected.array(), bytes(content));
  }

  @Test
  void refusesEveryTruncation() throws IOException {
    byte[] whole =
        bytes(new Safetensors(Map.of("x", new Tensor.Longs(new int[] {3}, new long[3])), Map.of()));
    for (int length = 0; length < whole.length; length++) {
      Path cut = file(Arrays.copyOf(whole, length));
      RecordException e = assertThrows(RecordException.class, () -> Safetensors.read(cut));
      assertTrue(String.valueOf(e.getMessage()).contains(cut.toString()), e.getMessage());
    }
    Path longer = file(Arrays.copyOf(whole, whole.length + 1));
    assertThrows(RecordException.class, () -> Safetensors.read(longer));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "[]; 0; not a JSON object",
        "{{; 0; not JSON",
        "{\"x\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[0,4]}}; 4; tensor x has dtype \"BF16\"",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}; 4; needs 8 bytes, its data_offsets span 4",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}; 4; -1 where a whole number",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}; 8; begins at byte 4 of the data",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}; 8; describes 4 bytes of data",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[65536,65536],\"data_offsets\":[0,4]}}; 4; has more than 2147483647 numbers",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[0,5000000000],\"data_offsets\":[0,0]}}; 0; has more than 2147483647",
        "{\"x\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}; 4; field shape is not a list",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[4,0]}}; 4; not [begin, end]",
        "{\"x\":3}; 4; tensor x has dtype",
        "{\"__metadata__\":{\"a\":1}}; 0; __metadata__.a is not a string",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},\"x\":{}}; 0; not JSON"
      })
  void refusesHeadersThatLie(String header, int dataLength, String complaint) throws IOException {
    Path file = file(header, dataLength);
    RecordException e = assertThrows(RecordException.class, () -> Safetensors.read(file));
    assertTrue(String.valueOf(e.getMessage()).contains(complaint), e.getMessage());
    assertTrue(String.valueOf(e.getMessage()).contains(file.toString()), e.getMessage());
  }

  @Test
  void refusesShapesThatDoNotFit() {
    assertThrows(
        IllegalArgumentException.class, () -> new Tensor.Floats(new int[] {2, 3}, new float[5]));
    assertThrows(
        IllegalArgumentException.class, () -> new Tensor.Longs(new int[] {-1}, new long[0]));
  }
}
