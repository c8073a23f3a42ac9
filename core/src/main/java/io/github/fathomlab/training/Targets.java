package io.github.fathomlab.training;

/** What a sample should be mapped to: a class or a vector of numbers. */
public sealed interface Targets {

  /** Number of samples. */
  int size();

  /** Width of the network output that fits these targets. */
  int width();

  /** The targets of some samples, in their order. */
  Targets select(int[] indices);

  /**
   * Class labels.
   *
   * @param labels (n), each in 0..classes-1
   * @param classes number of classes C
   */
  record Classes(int[] labels, int classes) implements Targets {
    public Classes {
      for (int i = 0; i < labels.length; i++) {
        if (labels[i] < 0 || labels[i] >= classes) {
          throw new IllegalArgumentException(
              "expected labels in 0..%d, found label %d of sample %d"
                  .formatted(classes - 1, labels[i], i));
        }
      }
    }

    @Override
    public int size() {
      return labels.length;
    }

    @Override
    public int width() {
      return classes;
    }

    @Override
    public Classes select(int[] indices) {
      int[] selected = new int[indices.length];
      for (int i = 0; i < indices.length; i++) {
        selected[i] = labels[indices[i]];
      }
      return new Classes(selected, classes);
    }
  }

  /**
   * Real-valued targets.
   *
   * @param values (n x width), row-major
   */
  record Values(double[] values, int width) implements Targets {
    public Values {
      if (width < 1 || values.length % width != 0) {
        throw new IllegalArgumentException(
            "%d target numbers do not make vectors of width %d".formatted(values.length, width));
      }
    }

    @Override
    public int size() {
      return values.length / width;
    }

    @Override
    public Values select(int[] indices) {
      double[] selected = new double[indices.length * width];
      for (int i = 0; i < indices.length; i++) {
        System.arraycopy(values, indices[i] * width, selected, i * width, width);
      }
      return new Values(selected, width);
    }
  }
}
