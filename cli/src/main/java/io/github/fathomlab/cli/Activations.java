package io.github.fathomlab.cli;

import io.github.fathomlab.data.DataException;
import io.github.fathomlab.data.NpyArray;
import io.github.fathomlab.data.NpzFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the layers of some network make of n samples, from an npz file.
 *
 * @param labels class of each sample in 0..classes-1, or null when the file has none
 */
record Activations(int samples, List<Layer> layers, int @Nullable [] labels, int classes) {
  private static final Pattern LAYER = Pattern.compile("layer_([0-9]{1,9})");
  private static final String LABELS = "labels";

  /**
   * One layer.
   *
   * @param values feature-major (features x n)
   */
  record Layer(String name, int features, double[] values) {}

  /**
   * Reads the arrays {@code layer_00, layer_01, ...} of shape (n, ...) and, where there is one,
   * {@code labels} of shape (n).
   *
   * @throws DataException when the file or the arrays cannot be used
   */
  static Activations read(Path file) {
    Map<String, NpyArray> arrays = NpzFile.read(file);
    List<NpyArray> layers =
        arrays.values().stream()
            .filter(array -> LAYER.matcher(array.name()).matches())
            .sorted(Comparator.comparingInt(Activations::depth))
            .toList();
    if (layers.isEmpty()) {
      throw new DataException(
          "%s has no arrays layer_00, layer_01, ...; it has: %s"
              .formatted(file, String.join(", ", arrays.keySet())));
    }
    int samples = samples(file, layers.getFirst());
    List<Layer> read = new ArrayList<>();
    for (NpyArray layer : layers) {
      if (samples(file, layer) != samples) {
        throw new DataException(
            "%s: %s has %d samples, but %s has %d; all layers need the same samples"
                .formatted(
                    file, layers.getFirst().name(), samples, layer.name(), layer.shape()[0]));
      }
      int features = layer.values().length / samples;
      read.add(new Layer(layer.name(), features, featureMajor(layer.values(), samples, features)));
    }
    NpyArray given = arrays.get(LABELS);
    if (given == null) {
      return new Activations(samples, read, null, 0);
    }
    int[] words = words(file, given, samples);
    int[] distinct = Arrays.stream(words).distinct().sorted().toArray();
    int[] labels = Arrays.stream(words).map(word -> Arrays.binarySearch(distinct, word)).toArray();
    return new Activations(samples, read, labels, distinct.length);
  }

  private static int depth(NpyArray array) {
    Matcher matcher = LAYER.matcher(array.name());
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
  }

  private static int samples(Path file, NpyArray layer) {
    if (layer.shape().length < 2 || layer.values().length == 0) {
      throw new DataException(
          "%s: %s has shape %s; a layer needs the shape (samples, features), neither of them 0"
              .formatted(file, layer.name(), Arrays.toString(layer.shape())));
    }
    return layer.shape()[0];
  }

  private static double[] featureMajor(double[] rows, int samples, int features) {
    double[] columns = new double[rows.length];
    for (int i = 0; i < samples; i++) {
      for (int k = 0; k < features; k++) {
        columns[k * samples + i] = rows[i * features + k];
      }
    }
    return columns;
  }

  /** The labels as they are: any whole numbers. */
  private static int[] words(Path file, NpyArray labels, int samples) {
    if (labels.shape().length != 1 || labels.shape()[0] != samples) {
      throw new DataException(
          "%s: labels have shape %s; expected (%d), one label a sample"
              .formatted(file, Arrays.toString(labels.shape()), samples));
    }
    int[] words = new int[samples];
    for (int i = 0; i < samples; i++) {
      words[i] = (int) labels.values()[i];
      if (words[i] != labels.values()[i]) {
        throw new DataException(
            "%s: the label of sample %d is %s; expected a whole number"
                .formatted(file, i, labels.values()[i]));
      }
    }
    return words;
  }
}
