package io.github.fathomlab.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/** Which training samples of an IDX file may be used. */
public sealed interface Subset {

  /** Any: the {@link Selection} draws them. */
  record Drawn() implements Subset {}

  /** The 2560 of the 60000 that arXiv:2407.19353 trained on, in the published order. */
  record Published() implements Subset {}

  /** Those whose indices stand in a text file, one a line, in that order. */
  record Listed(Path file) implements Subset {}

  /** The training indices out of n samples. */
  default int[] indices(String name, int n, Selection selection) {
    return switch (this) {
      case Drawn() -> selection.trainIndices(name, n);
      case Published() -> {
        if (n != 60000) {
          throw new DataException(
              "%s: the published subset is one of 60000 training images, found %d; drop data.subset."
                  .formatted(name, n));
        }
        yield first(name + " (published subset)", published(), selection);
      }
      case Listed(Path file) -> first(file.toString(), listed(file, n), selection);
    };
  }

  private static int[] first(String name, int[] listed, Selection selection) {
    Integer asked = selection.train();
    if (asked == null) {
      return listed;
    }
    if (asked > listed.length) {
      throw new DataException(
          "%s has %d samples, but %d were asked for; lower data.train."
              .formatted(name, listed.length, asked));
    }
    return Arrays.copyOf(listed, asked);
  }

  private static int[] published() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Subset.class.getResourceAsStream("fashion-mnist-2560.txt")),
                StandardCharsets.US_ASCII))) {
      return reader.lines().mapToInt(Integer::parseInt).toArray();
    } catch (IOException e) {
      throw new DataException(
          "the built-in list of the published subset cannot be read: " + e.getMessage() + ".", e);
    }
  }

  private static int[] listed(Path file, int n) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new DataException(
          "the index list %s cannot be read: %s; data.subset must name a text file with one index a line."
              .formatted(file, e.getMessage()),
          e);
    }
    DatasetValidation.requireSamples("the index list " + file, lines.size());
    int[] indices = new int[lines.size()];
    BitSet seen = new BitSet(n);
    for (int i = 0; i < indices.length; i++) {
      String line = lines.get(i).strip();
      int index = line.matches("\\d{1,9}") ? Integer.parseInt(line) : -1;
      if (index < 0 || index >= n || seen.get(index)) {
        throw new DataException(
            "%s, line %d: expected an unused index 0..%d, found '%s'."
                .formatted(file, i + 1, n - 1, line));
      }
      seen.set(index);
      indices[i] = index;
    }
    return indices;
  }
}
