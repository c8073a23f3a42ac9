package io.github.fathomlab.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.fathomlab.training.Dataset;
import io.github.fathomlab.training.Split;
import io.github.fathomlab.training.Targets;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * The published 10 x 10 inputs of arXiv:2407.19353 out of Debian's package dataset-fashion-mnist.
 */
class FashionMnistTest {
  private static final Path INSTALLED = Path.of("/usr/share/datasets/fashion-mnist");
  private static JsonNode expected;

  @BeforeAll
  static void readVectors() throws IOException {
    try (InputStream in = FashionMnistTest.class.getResourceAsStream("fashion_mnist_10x10.json")) {
      expected = new ObjectMapper().readTree(in);
    }
  }

  @Test
  void publishedSubsetHasThePublishedIndices() {
    int[] indices = new Subset.Published().indices("fashion-mnist", 60000, Selection.ALL);
    assertArrayEquals(integers(expected.get("train_indices")), indices);
  }

  @Test
  void inputsAndLabelsAgreeWithThePublishedOnes() {
    assumeTrue(Files.isDirectory(INSTALLED), "apt-get install dataset-fashion-mnist");
    Split split = published(Selection.ALL).load();
    Dataset train = split.train();
    assertEquals(2560, train.size());
    assertEquals(100, train.features());
    Targets.Classes targets = (Targets.Classes) train.targets();
    assertEquals(10, targets.classes());
    assertArrayEquals(
        integers(expected.get("labels_first_20")), Arrays.copyOf(targets.labels(), 20));
    int[] counts = new int[10];
    for (int label : targets.labels()) {
      counts[label]++;
    }
    assertArrayEquals(integers(expected.get("class_counts")), counts);
    int[] indices = integers(expected.get("train_indices"));
    int compared = 0;
    for (var image : expected.get("resized_image_of_train_index").properties()) {
      int position = position(indices, Integer.parseInt(image.getKey()));
      double[] pixels = image.getValue().valueStream().mapToDouble(JsonNode::asDouble).toArray();
      double[] ours = Arrays.copyOfRange(train.inputs(), position * 100, position * 100 + 100);
      assertArrayEquals(pixels, ours, 1e-6);
      compared++;
    }
    assertEquals(2, compared);
    Dataset test = split.test();
    assertNotNull(test);
    assertEquals(10000, test.size());
  }

  @Test
  void firstSamplesOfThePublishedSubset() {
    assumeTrue(Files.isDirectory(INSTALLED), "apt-get install dataset-fashion-mnist");
    Dataset train = published(Selection.of(20, 0, 0)).load().train();
    assertArrayEquals(
        integers(expected.get("labels_first_20")), ((Targets.Classes) train.targets()).labels());
  }

  @Test
  void readsSixtyThousandImagesInWellUnderASecondOfCpuTime() {
    assumeTrue(Files.isDirectory(INSTALLED), "apt-get install dataset-fashion-mnist");
    Idx source = published(Selection.of(2560, 1000, 0));
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 3; i++) {
      long start = clock.getCurrentThreadCpuTime();
      source.load();
      best = Math.min(best, (clock.getCurrentThreadCpuTime() - start) * 1e-9);
    }
    double seconds = best;
    assertTrue(seconds < 1, () -> "best of three: " + seconds + " s");
  }

  private static Idx published(Selection selection) {
    return new Idx("fashion-mnist", INSTALLED, 10, new Subset.Published(), selection);
  }

  private static int position(int[] indices, int wanted) {
    int position = 0;
    while (indices[position] != wanted) {
      position++;
    }
    return position;
  }

  private static int[] integers(JsonNode array) {
    return array.valueStream().mapToInt(JsonNode::asInt).toArray();
  }
}
