package io.github.fathomlab.record;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Named tensors and notes about them, as they stand in a {@code .safetensors} file.
 *
 * <p>Layout: 8 bytes N little-endian, N bytes of JSON {@code {"name": {"dtype", "shape",
 * "data_offsets": [begin, end]}, ..., "__metadata__": {...}}}, then the data without holes,
 * little-endian. Source: the format section of the safetensors README
 * (github.com/huggingface/safetensors). F32, F64 and I64 are read and written; tensors of the wider
 * type come first, so that each is aligned. Equal content gives equal bytes.
 *
 * @param tensors by name
 * @param metadata notes by name
 */
public record Safetensors(Map<String, Tensor> tensors, Map<String, String> metadata) {
  private static final int CHUNK = 1 << 16;

  public Safetensors {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /** Writes the file's bytes. */
  public void writeTo(OutputStream out) throws IOException {
    List<Map.Entry<String, Tensor>> ordered = new ArrayList<>(tensors.entrySet());
    ordered.sort(
        Comparator.comparingInt(
                (Map.Entry<String, Tensor> e) -> -SafetensorsHeader.Type.of(e.getValue()).bytes)
            .thenComparing(Map.Entry::getKey));
    out.write(SafetensorsHeader.encode(ordered, metadata));
    byte[] chunk = new byte[CHUNK];
    for (Map.Entry<String, Tensor> entry : ordered) {
      writeData(entry.getValue(), chunk, out);
    }
  }

  /**
   * Reads a file.
   *
   * @throws RecordException when it is truncated, its header lies about the data, or a type is not
   *     known; the sentence names the file and the tensor
   */
  public static Safetensors read(Path file) {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      SafetensorsHeader header = SafetensorsHeader.read(in, Files.size(file), file);
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      byte[] chunk = new byte[CHUNK];
      for (SafetensorsHeader.Entry entry : header.entries()) {
        tensors.put(entry.name(), readData(entry, chunk, in));
      }
      return new Safetensors(tensors, header.metadata());
    } catch (EOFException e) {
      throw new RecordException(
          "the file " + file + " ends before its data do; it is truncated", e);
    } catch (IOException e) {
      throw RecordException.reading(file, e);
    }
  }

  private static void writeData(Tensor tensor, byte[] chunk, OutputStream out) throws IOException {
    int width = SafetensorsHeader.Type.of(tensor).bytes;
    ByteBuffer numbers = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
    int perChunk = CHUNK / width;
    for (int start = 0; start < tensor.size(); start += perChunk) {
      int count = Math.min(perChunk, tensor.size() - start);
      switch (tensor) {
        case Tensor.Floats t -> numbers.asFloatBuffer().put(t.values(), start, count);
        case Tensor.Doubles t -> numbers.asDoubleBuffer().put(t.values(), start, count);
        case Tensor.Longs t -> numbers.asLongBuffer().put(t.values(), start, count);
      }
      out.write(chunk, 0, count * width);
    }
  }

  private static Tensor readData(SafetensorsHeader.Entry entry, byte[] chunk, DataInputStream in)
      throws IOException {
    Tensor tensor =
        switch (entry.type()) {
          case F32 -> new Tensor.Floats(entry.shape(), new float[entry.size()]);
          case F64 -> new Tensor.Doubles(entry.shape(), new double[entry.size()]);
          case I64 -> new Tensor.Longs(entry.shape(), new long[entry.size()]);
        };
    int width = entry.type().bytes;
    ByteBuffer numbers = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
    int perChunk = CHUNK / width;
    for (int start = 0; start < entry.size(); start += perChunk) {
      int count = Math.min(perChunk, entry.size() - start);
      in.readFully(chunk, 0, count * width);
      switch (tensor) {
        case Tensor.Floats t -> numbers.asFloatBuffer().get(t.values(), start, count);
        case Tensor.Doubles t -> numbers.asDoubleBuffer().get(t.values(), start, count);
        case Tensor.Longs t -> numbers.asLongBuffer().get(t.values(), start, count);
      }
    }
    return tensor;
  }
}
