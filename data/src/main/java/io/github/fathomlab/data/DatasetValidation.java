package io.github.fathomlab.data;

import io.github.fathomlab.training.Dataset;
import io.github.fathomlab.training.Split;
import io.github.fathomlab.training.Targets;
import org.jspecify.annotations.Nullable;

/** The checks that every source of data must pass, whatever it was read from. */
public final class DatasetValidation {

  /** A network has one output a class, so a larger label is an identifier and not a class. */
  private static final int MOST_CLASSES = 1 << 16;

  private DatasetValidation() {}

  /**
   * The split itself, once its numbers are finite and its training labels name at least two
   * classes.
   *
   * <p>Cost: one pass over the inputs, O(n d).
   */
  public static Split checked(Split split) {
    requireFinite(split.train());
    Dataset test = split.test();
    if (test != null) {
      requireFinite(test);
    }
    if (split.train().targets() instanceof Targets.Classes classes) {
      requireTwoClasses(split.train().name(), classes.labels());
    }
    return split;
  }

  /** Labels 0..C-1 out of numbers; the first bad one is named with its index. */
  public static int[] labels(String name, double[] values) {
    int[] labels = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      double value = values[i];
      if (value != Math.rint(value) || Double.isInfinite(value)) {
        throw new DataException(
            "%s: label %s of sample %d is not a whole number; labels must be 0, 1, 2, ..."
                .formatted(name, value, i));
      }
      if (value < 0 || value >= MOST_CLASSES) {
        throw new DataException(
            "%s: label %.0f of sample %d is out of range 0..%d; number the classes 0, 1, 2, ..."
                .formatted(name, value, i, MOST_CLASSES - 1));
      }
      labels[i] = (int) value;
    }
    return labels;
  }

  /** Number of classes C: one more than the largest label, or as declared. */
  public static int classes(String name, int[] labels, @Nullable Integer declared) {
    int largest = 0;
    for (int i = 0; i < labels.length; i++) {
      if (declared != null && labels[i] >= declared) {
        throw new DataException(
            "%s: label %d of sample %d is out of range 0..%d; correct the label or raise data.classes."
                .formatted(name, labels[i], i, declared - 1));
      }
      largest = Math.max(largest, labels[i]);
    }
    return declared != null ? declared : largest + 1;
  }

  static void requireSamples(String name, int n) {
    if (n < 1) {
      throw new DataException(name + " is empty; it needs at least one sample.");
    }
  }

  static void requireSameLength(String name, int samples, int labels) {
    if (samples != labels) {
      throw new DataException(
          "%s has %d samples but %d labels; each sample needs one."
              .formatted(name, samples, labels));
    }
  }

  /** Side of a square image of the given number of features. */
  static int squareSide(String name, int rows, int columns, int features) {
    if (rows != columns || rows * columns != features) {
      throw new DataException(
          "%s: resize needs square one-channel images, found %d features in rows of %d x %d; drop data.resize."
              .formatted(name, features, rows, columns));
    }
    return rows;
  }

  private static void requireTwoClasses(String name, int[] labels) {
    for (int label : labels) {
      if (label != labels[0]) {
        return;
      }
    }
    throw new DataException(
        "%s needs at least two classes, but all %d training samples have label %d; raise data.train, change the split seed or add the other classes."
            .formatted(name, labels.length, labels[0]));
  }

  private static void requireFinite(Dataset dataset) {
    requireFinite(dataset.name(), "feature", dataset.inputs(), dataset.features());
    if (dataset.targets() instanceof Targets.Values targets) {
      requireFinite(dataset.name(), "target", targets.values(), targets.width());
    }
  }

  private static void requireFinite(String name, String what, double[] values, int width) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new DataException(
            "%s: sample %d has %s in %s %d; remove or repair that sample."
                .formatted(name, i / width, values[i], what, i % width));
      }
    }
  }
}
