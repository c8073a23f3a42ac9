package io.github.fathomlab.data;

import io.github.fathomlab.training.Dataset;
import io.github.fathomlab.training.Split;
import io.github.fathomlab.training.Targets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Samples from two arrays of an npz file, taken as they are.
 *
 * <p>{@code x} has shape (n, ...): axes after the first are one row of features. {@code y} of shape
 * (n) holds class labels 0..C-1; {@code y} of shape (n, w) holds real-valued targets. Without a
 * wish all samples are trained on, in the order of the file, and none is held out.
 *
 * @param x name of the array of inputs
 * @param y name of the array of targets
 * @param classes number of classes C; null takes one more than the largest label
 * @param resize side of square one-channel images after resizing; null keeps them
 */
public record Npz(
    Path file,
    String x,
    String y,
    @Nullable Integer classes,
    @Nullable Integer resize,
    Selection selection)
    implements DataSource {

  public Npz {
    if (classes != null && classes < 2) {
      throw new DataException("data.classes must be at least 2, found " + classes + ".");
    }
  }

  @Override
  public Split load() {
    SequencedMap<String, NpyArray> arrays = NpzFile.read(file, List.of(x, y));
    String name = String.valueOf(file.getFileName());
    NpyArray inputs = require(arrays, x);
    NpyArray wanted = require(arrays, y);
    int[] shape = inputs.shape();
    if (shape.length < 2) {
      throw new DataException(
          "array '%s' of %s has shape %s; inputs need the shape (samples, features)."
              .formatted(x, file, Arrays.toString(shape)));
    }
    int n = shape[0];
    DatasetValidation.requireSamples("array '%s' of %s".formatted(x, file), n);
    int features = inputs.values().length / n;
    if (features == 0) {
      throw new DataException("array '%s' of %s has no features.".formatted(x, file));
    }
    Targets targets = targets(name, wanted, n);
    if (resize == null) {
      return selection.divide(new Dataset(name, features, inputs.values(), targets), 0);
    }
    BilinearResize resizing = new BilinearResize(side(shape, features), resize);
    double[] resized = resizing.applyAll(inputs.values());
    return selection.divide(new Dataset(name, resizing.features(), resized, targets), 0);
  }

  @Override
  public String description() {
    String size = resize == null ? "" : " resized to %d x %d".formatted(resize, resize);
    return "%s (x = '%s', y = '%s')%s, %s".formatted(file, x, y, size, selection.words());
  }

  private static NpyArray require(SequencedMap<String, NpyArray> arrays, String name) {
    NpyArray array = arrays.get(name);
    if (array == null) {
      throw new IllegalStateException("array " + name + " was not read");
    }
    return array;
  }

  private Targets targets(String name, NpyArray wanted, int n) {
    int[] shape = wanted.shape();
    if (shape.length < 1 || shape.length > 2 || (shape.length == 2 && shape[1] == 0)) {
      throw new DataException(
          "array '%s' of %s has shape %s; labels need the shape (samples), real targets (samples, width)."
              .formatted(y, file, Arrays.toString(shape)));
    }
    DatasetValidation.requireSameLength(
        "%s, arrays '%s' and '%s',".formatted(file, x, y), n, shape[0]);
    if (shape.length == 2) {
      return new Targets.Values(wanted.values(), shape[1]);
    }
    int[] labels = DatasetValidation.labels(name, wanted.values());
    return new Targets.Classes(labels, DatasetValidation.classes(name, labels, classes));
  }

  private int side(int[] shape, int features) {
    int rows = shape[shape.length - 2];
    int columns = shape[shape.length - 1];
    if (shape.length == 2) {
      rows = (int) Math.round(Math.sqrt(features));
      columns = rows;
    }
    return DatasetValidation.squareSide(
        "array '%s' of %s".formatted(x, file), rows, columns, features);
  }
}
