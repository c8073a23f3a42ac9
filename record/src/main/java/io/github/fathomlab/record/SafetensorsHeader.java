package io.github.fathomlab.record;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The header of a safetensors file, checked against the file: what is in it and where.
 *
 * @param entries the tensors in the order of their data
 * @param metadata notes by name
 */
record SafetensorsHeader(List<Entry> entries, Map<String, String> metadata) {
  private static final String METADATA = "__metadata__";
  private static final long LONGEST = 100_000_000;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** The types of numbers that Fathom stores. */
  enum Type {
    F32(4),
    F64(8),
    I64(8);

    final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }

    static Type of(Tensor tensor) {
      return switch (tensor) {
        case Tensor.Floats _ -> F32;
        case Tensor.Doubles _ -> F64;
        case Tensor.Longs _ -> I64;
      };
    }
  }

  /** One tensor: its numbers begin at byte {@code begin} of the data. */
  @SuppressWarnings("ArrayRecordComponent")
  record Entry(String name, Type type, int[] shape, int size, long begin) {
    long end() {
      return begin + (long) size * type.bytes;
    }
  }

  /** The bytes before the data: length, JSON, blanks up to a multiple of 8. */
  static byte[] encode(List<Map.Entry<String, Tensor>> ordered, Map<String, String> metadata) {
    ObjectNode root = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode notes = root.putObject(METADATA);
      metadata.forEach(notes::put);
    }
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : ordered) {
      if (entry.getKey().equals(METADATA)) {
        throw new IllegalArgumentException("a tensor cannot be named " + METADATA);
      }
      Type type = Type.of(entry.getValue());
      long end = offset + (long) entry.getValue().size() * type.bytes;
      ObjectNode tensor = root.putObject(entry.getKey());
      tensor.put("dtype", type.name());
      ArrayNode shape = tensor.putArray("shape");
      Arrays.stream(entry.getValue().shape()).forEach(shape::add);
      tensor.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] json = JSON.writeValueAsBytes(root);
    int padded = (json.length + 7) / 8 * 8;
    byte[] header = new byte[8 + padded];
    Arrays.fill(header, (byte) ' ');
    ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).putLong(padded).put(json);
    return header;
  }

  /** Reads the header and leaves the stream at the first byte of data. */
  static SafetensorsHeader read(DataInputStream in, long fileLength, Path file) throws IOException {
    if (fileLength < 8) {
      throw damaged(file, "it has " + fileLength + " bytes, fewer than the 8 of a header length");
    }
    long length = Long.reverseBytes(in.readLong());
    if (length < 2 || length > LONGEST || length > fileLength - 8) {
      throw damaged(
          file,
          "its header claims %s bytes, the file has %d"
              .formatted(Long.toUnsignedString(length), fileLength));
    }
    byte[] json = in.readNBytes((int) length);
    JsonNode root;
    try {
      root = JSON.readTree(new String(json, StandardCharsets.UTF_8));
    } catch (JacksonException e) {
      throw damaged(file, "its header is not JSON: " + e.getOriginalMessage());
    }
    if (!(root instanceof ObjectNode fields)) {
      throw damaged(file, "its header is not a JSON object");
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      if (field.getKey().equals(METADATA)) {
        readMetadata(field.getValue(), metadata, file);
      } else {
        entries.add(entry(field.getKey(), field.getValue(), file));
      }
    }
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    requireWithoutHoles(entries, fileLength - 8 - length, file);
    return new SafetensorsHeader(entries, metadata);
  }

  private static void readMetadata(JsonNode node, Map<String, String> metadata, Path file) {
    if (!node.isObject()) {
      throw damaged(file, METADATA + " is not a JSON object");
    }
    for (Map.Entry<String, JsonNode> note : node.properties()) {
      if (!note.getValue().isString()) {
        throw damaged(file, METADATA + "." + note.getKey() + " is not a string");
      }
      metadata.put(note.getKey(), note.getValue().stringValue());
    }
  }

  private static Entry entry(String name, JsonNode node, Path file) {
    String tensor = "tensor " + name;
    Type type = type(node.path("dtype"), tensor, file);
    long[] shape = naturals(node.path("shape"), tensor + ", field shape", file);
    long[] offsets = naturals(node.path("data_offsets"), tensor + ", field data_offsets", file);
    if (offsets.length != 2 || offsets[0] > offsets[1]) {
      throw damaged(file, tensor + ": data_offsets are not [begin, end]");
    }
    long size = 1;
    for (long axis : shape) {
      if (axis > Integer.MAX_VALUE || (axis != 0 && size > Integer.MAX_VALUE / axis)) {
        throw damaged(file, tensor + " has more than " + Integer.MAX_VALUE + " numbers");
      }
      size *= axis;
    }
    if (offsets[1] - offsets[0] != size * type.bytes) {
      throw damaged(
          file,
          "%s of %d numbers needs %d bytes, its data_offsets span %d"
              .formatted(tensor, size, size * type.bytes, offsets[1] - offsets[0]));
    }
    int[] axes = Arrays.stream(shape).mapToInt(Math::toIntExact).toArray();
    return new Entry(name, type, axes, (int) size, offsets[0]);
  }

  private static Type type(JsonNode node, String tensor, Path file) {
    for (Type type : Type.values()) {
      if (node.isString() && node.stringValue().equals(type.name())) {
        return type;
      }
    }
    throw damaged(
        file, tensor + " has dtype " + node + ", expected F32, F64 or I64; convert the file");
  }

  private static long[] naturals(JsonNode node, String where, Path file) {
    if (!node.isArray()) {
      throw damaged(file, where + " is not a list");
    }
    long[] values = new long[node.size()];
    for (int i = 0; i < values.length; i++) {
      JsonNode item = node.get(i);
      if (!item.isIntegralNumber() || !item.canConvertToLong() || item.longValue() < 0) {
        throw damaged(file, where + " has " + item + " where a whole number >= 0 is expected");
      }
      values[i] = item.longValue();
    }
    return values;
  }

  private static void requireWithoutHoles(List<Entry> entries, long dataLength, Path file) {
    long expected = 0;
    for (Entry entry : entries) {
      if (entry.begin() != expected) {
        throw damaged(
            file,
            "tensor %s begins at byte %d of the data, expected %d"
                .formatted(entry.name(), entry.begin(), expected));
      }
      expected = entry.end();
    }
    if (expected != dataLength) {
      throw damaged(
          file,
          "its header describes %d bytes of data, the file has %d".formatted(expected, dataLength));
    }
  }

  private static RecordException damaged(Path file, String why) {
    return new RecordException(
        "the file " + file + " is not a safetensors file that can be read: " + why);
  }
}
