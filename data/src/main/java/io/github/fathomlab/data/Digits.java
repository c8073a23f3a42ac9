package io.github.fathomlab.data;

import io.github.fathomlab.training.Dataset;
import io.github.fathomlab.training.Split;
import io.github.fathomlab.training.Targets;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The built-in handwritten digits: 1797 images of 8 x 8 pixels in [0, 1] (value/16), ten classes.
 *
 * <p>Without a wish one fifth (359) is held out. Source: Optical Recognition of Handwritten Digits,
 * E. Alpaydin and C. Kaynak, UCI Machine Learning Repository, doi:10.24432/C50P49, CC BY 4.0.
 *
 * @param resize side of the images after resizing; null keeps 8
 */
public record Digits(@Nullable Integer resize, Selection selection) implements DataSource {
  private static final String NAME = "digits";
  private static final int SIDE = 8;
  private static final int PIXELS = SIDE * SIDE;
  private static final double WHITE = 16;

  @Override
  public Split load() {
    List<String> lines = lines();
    double[] inputs = new double[lines.size() * PIXELS];
    int[] labels = new int[lines.size()];
    for (int i = 0; i < labels.length; i++) {
      String[] cells = lines.get(i).split(",", -1);
      for (int j = 0; j < PIXELS; j++) {
        inputs[i * PIXELS + j] = Integer.parseInt(cells[j]) / WHITE;
      }
      labels[i] = Integer.parseInt(cells[PIXELS]);
    }
    Targets targets = new Targets.Classes(labels, 10);
    Dataset pool;
    if (resize == null) {
      pool = new Dataset(NAME, PIXELS, inputs, targets);
    } else {
      BilinearResize resizing = new BilinearResize(SIDE, resize);
      pool = new Dataset(NAME, resizing.features(), resizing.applyAll(inputs), targets);
    }
    return selection.divide(pool, labels.length / 5);
  }

  @Override
  public String description() {
    int side = resize == null ? SIDE : resize;
    return "handwritten digits %d x %d (UCI, CC BY 4.0), %s"
        .formatted(side, side, selection.words());
  }

  private static List<String> lines() {
    try (InputStream file =
            Objects.requireNonNull(Digits.class.getResourceAsStream("digits.csv.gz"));
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(file), StandardCharsets.US_ASCII))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new DataException(
          "the built-in digits cannot be read: " + e.getMessage() + "; build the program again.",
          e);
    }
  }
}
