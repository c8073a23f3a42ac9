package io.github.fathomlab.record;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * The states from which a run can be resumed: {@code checkpoints/step-000001200.safetensors}, the
 * newest two.
 *
 * <p>Each carries a checksum of all of its content, so that a damaged newest one is known and the
 * one before it is used.
 */
public final class Checkpoints {
  private static final Pattern NAME = Pattern.compile("step-(\\d{9,18})\\.safetensors");
  private static final Pattern UNFINISHED = Pattern.compile(NAME + "\\.tmp");
  private static final String CHECKSUM = "fathom.crc32c";
  private static final int KEPT = 2;

  private final RunDirectory run;

  public Checkpoints(RunDirectory run) {
    this.run = run;
  }

  /**
   * A state read back.
   *
   * @param step optimizer steps done
   * @param content tensors and metadata as they were written
   * @param damaged one sentence for each newer checkpoint that could not be read
   */
  public record Checkpoint(long step, Safetensors content, List<String> damaged) {}

  /**
   * Writes a state so that it is there, whole and on the device, or not at all; then removes all
   * but the newest two up to this step, and any of later steps, which belong to a course that was
   * given up.
   */
  public void write(long step, Map<String, Tensor> tensors, Map<String, String> metadata) {
    if (step < 0 || metadata.containsKey(CHECKSUM)) {
      throw new IllegalArgumentException(
          "expected a step >= 0 and metadata without "
              + CHECKSUM
              + ", found step "
              + step
              + " and "
              + metadata.keySet());
    }
    Map<String, String> signed = new LinkedHashMap<>(metadata);
    signed.put(CHECKSUM, checksum(new Safetensors(tensors, metadata)));
    Path target = run.checkpoints().resolve("step-%09d.safetensors".formatted(step));
    try {
      run.storage().replace(target, new Safetensors(tensors, signed)::writeTo);
      NavigableMap<Long, Path> present = list();
      List<Path> old = new ArrayList<>(present.tailMap(step, false).values());
      present.headMap(step, true).descendingMap().values().stream().skip(KEPT).forEach(old::add);
      old.addAll(NumberedFiles.list(run.checkpoints(), UNFINISHED).values());
      for (Path file : old) {
        run.storage().delete(file);
      }
    } catch (IOException e) {
      throw RecordException.writing(
          target, e, "the checkpoints before it are kept", "`fathom resume " + run.path() + "`");
    }
  }

  /**
   * The newest state that is whole, empty when the run has no checkpoint.
   *
   * @throws RecordException when there are checkpoints and all of them are damaged
   */
  public Optional<Checkpoint> latest() {
    List<String> damaged = new ArrayList<>();
    for (Map.Entry<Long, Path> entry : list().descendingMap().entrySet()) {
      try {
        return Optional.of(
            new Checkpoint(entry.getKey(), read(entry.getValue()), List.copyOf(damaged)));
      } catch (RecordException e) {
        damaged.add(String.valueOf(e.getMessage()));
      }
    }
    if (damaged.isEmpty()) {
      return Optional.empty();
    }
    throw new RecordException(
        "no checkpoint of "
            + run.path()
            + " can be used: "
            + String.join("; ", damaged)
            + "; start the run anew");
  }

  private static Safetensors read(Path file) {
    Safetensors signed = Safetensors.read(file);
    Map<String, String> metadata = new LinkedHashMap<>(signed.metadata());
    String expected = metadata.remove(CHECKSUM);
    Safetensors content = new Safetensors(signed.tensors(), metadata);
    if (!checksum(content).equals(expected)) {
      throw new RecordException(
          "the file " + file + " is damaged: its content does not match its checksum");
    }
    return content;
  }

  private static String checksum(Safetensors content) {
    CheckedOutputStream summed =
        new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32C());
    try {
      content.writeTo(summed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "%08x".formatted(summed.getChecksum().getValue());
  }

  private NavigableMap<Long, Path> list() {
    return NumberedFiles.list(run.checkpoints(), NAME);
  }
}
