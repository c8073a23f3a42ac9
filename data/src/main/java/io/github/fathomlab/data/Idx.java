package io.github.fathomlab.data;

import io.github.fathomlab.training.Dataset;
import io.github.fathomlab.training.Split;
import io.github.fathomlab.training.Targets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Images and labels in the IDX files of MNIST and its kin, pixels divided by 255.
 *
 * <p>Training samples come from {@code train-*}, test samples from {@code t10k-*}. Only chosen
 * images are converted and resized. Cost: one pass over the files, then O(n d) for the n chosen.
 *
 * @param name {@code mnist}, {@code fashion-mnist} or, with a directory, any
 * @param directory of the four files; null looks in {@link DataDirectories#standard}
 * @param resize side of the images after resizing; null keeps them
 * @param subset the training samples that may be used
 */
public record Idx(
    String name,
    @Nullable Path directory,
    @Nullable Integer resize,
    Subset subset,
    Selection selection)
    implements DataSource {

  @Override
  public Split load() {
    return load(DataDirectories.standard());
  }

  Split load(DataDirectories directories) {
    Path place = directory == null ? directories.find(name) : directory;
    if (!Files.isDirectory(place)) {
      throw new DataException(
          "data.directory %s does not exist; it must hold the four IDX files of %s."
              .formatted(place, name));
    }
    Part train = Part.read(place, "train");
    int classes = DatasetValidation.classes(name, train.labels, null);
    int[] chosen = subset.indices(name, train.images.count(), selection);
    Dataset testSet = null;
    Integer tests = selection.test();
    if (tests == null || tests > 0) {
      Part test = Part.read(place, "t10k");
      requireSameShape(train.images, test.images);
      classes = Math.max(classes, DatasetValidation.classes(name, test.labels, null));
      int[] heldOut = selection.testIndices(name, test.images.count());
      testSet = dataset(name + " (test)", test, heldOut, classes);
    }
    Dataset trainSet = selection.shuffled(dataset(name, train, chosen, classes));
    return DatasetValidation.checked(new Split(trainSet, testSet));
  }

  @Override
  public String description() {
    String size = resize == null ? "" : " resized to %d x %d".formatted(resize, resize);
    String part =
        switch (subset) {
          case Subset.Drawn() -> "";
          case Subset.Published() -> ", published subset";
          case Subset.Listed(Path file) -> ", subset " + file;
        };
    return "%s%s%s, %s".formatted(name, size, part, selection.words());
  }

  private Dataset dataset(String title, Part part, int[] indices, int classes) {
    IdxFile.Images images = part.images;
    int[] labels = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      labels[i] = part.labels[indices[i]];
    }
    int raw = images.features();
    BilinearResize resizing = null;
    if (resize != null) {
      int side =
          DatasetValidation.squareSide(
              images.file().toString(), images.rows(), images.columns(), raw);
      resizing = new BilinearResize(side, resize);
    }
    int features = resizing == null ? raw : resizing.features();
    if ((long) indices.length * features > Integer.MAX_VALUE - 8) {
      throw new DataException(
          "%s: %d samples x %d features do not fit into memory; lower data.train or set data.resize."
              .formatted(title, indices.length, features));
    }
    double[] inputs = new double[indices.length * features];
    double[] image = new double[raw];
    for (int i = 0; i < indices.length; i++) {
      if (resizing == null) {
        images.scaled(indices[i], inputs, i * features);
      } else {
        images.scaled(indices[i], image, 0);
        resizing.apply(image, 0, inputs, i * features);
      }
    }
    return new Dataset(title, features, inputs, new Targets.Classes(labels, classes));
  }

  private static void requireSameShape(IdxFile.Images train, IdxFile.Images test) {
    if (train.rows() != test.rows() || train.columns() != test.columns()) {
      throw new DataException(
          "%s has images of %d x %d, but %s of %d x %d; both must be alike."
              .formatted(
                  train.file(),
                  train.rows(),
                  train.columns(),
                  test.file(),
                  test.rows(),
                  test.columns()));
    }
  }

  /** One pair of files: the images and their labels. */
  private record Part(IdxFile.Images images, int[] labels) {

    static Part read(Path place, String prefix) {
      IdxFile.Images images = IdxFile.images(place, prefix + "-images-idx3-ubyte");
      int[] labels = IdxFile.labels(place, prefix + "-labels-idx1-ubyte");
      DatasetValidation.requireSameLength(images.file().toString(), images.count(), labels.length);
      return new Part(images, labels);
    }
  }
}
