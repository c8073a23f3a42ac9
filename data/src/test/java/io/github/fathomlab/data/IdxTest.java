package io.github.fathomlab.data;

import static io.github.fathomlab.data.Failures.sentence;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.fathomlab.training.Dataset;
import io.github.fathomlab.training.Split;
import io.github.fathomlab.training.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {
  private static final String TRAIN_IMAGES = "train-images-idx3-ubyte.gz";
  private static final String TRAIN_LABELS = "train-labels-idx1-ubyte.gz";

  @TempDir Path directory;

  @BeforeEach
  void write() throws IOException {
    IdxFiles.sound(directory);
  }

  @Test
  void readsPlainAndGzippedPixelsAndLabelsInTheOrderOfTheFile() {
    Split split = idx(null, new Subset.Drawn(), Selection.ALL).load();
    Dataset train = split.train();
    assertEquals(16, train.features());
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < 16; j++) {
        assertEquals(IdxFiles.pixel(i, j) / 255.0, train.inputs()[i * 16 + j]);
      }
    }
    assertArrayEquals(new int[] {0, 1, 2, 0, 1, 2}, labels(train));
    Dataset test = split.test();
    assertNotNull(test);
    assertArrayEquals(new int[] {2, 1, 0, 2}, labels(test));
  }

  @Test
  void drawsTheSameSamplesForTheSameSeedAndNoTestSetWhenNoneIsAsked() {
    Selection selection = Selection.of(4, 0, 3);
    Split once = idx(2, new Subset.Drawn(), selection).load();
    Split again = idx(2, new Subset.Drawn(), selection).load();
    assertArrayEquals(once.train().inputs(), again.train().inputs());
    assertEquals(4, once.train().size());
    assertEquals(4, once.train().features());
    assertNull(once.test());
  }

  @Test
  void takesListedSamplesInTheirOrder() throws IOException {
    Path list = Files.writeString(directory.resolve("list.txt"), "5\n0\n3\n");
    Dataset train = idx(null, new Subset.Listed(list), Selection.ALL).load().train();
    assertArrayEquals(new int[] {2, 0, 0}, labels(train));
    assertEquals(IdxFiles.pixel(5, 0) / 255.0, train.inputs()[0]);
  }

  @Test
  void namesTheLineOfABadIndex() throws IOException {
    Path list = Files.writeString(directory.resolve("list.txt"), "5\n6\n");
    sentence(
        () -> idx(null, new Subset.Listed(list), Selection.ALL).load(), "line 2", "0..5", "'6'");
    Files.writeString(list, "5\n5\n");
    sentence(() -> idx(null, new Subset.Listed(list), Selection.ALL).load(), "line 2", "unused");
    Files.writeString(list, "");
    sentence(() -> idx(null, new Subset.Listed(list), Selection.ALL).load(), "empty");
    Files.delete(list);
    sentence(
        () -> idx(null, new Subset.Listed(list), Selection.ALL).load(),
        "list.txt",
        "cannot be read");
  }

  @Test
  void publishedSubsetNeedsThePublishedData() {
    sentence(() -> idx(null, new Subset.Published(), Selection.ALL).load(), "60000", "found 6");
  }

  @Test
  void findsTheCacheBeforeTheSystem() throws IOException {
    Path cache = directory.resolve("cache");
    Path system = directory.resolve("system");
    for (Path place : new Path[] {cache, system}) {
      IdxFiles.sound(Files.createDirectories(place.resolve("mnist")));
    }
    IdxFiles.gzip(cache.resolve("mnist").resolve(TRAIN_LABELS), IdxFiles.labels(1, 0, 1, 0, 1, 0));
    Path none = directory.resolve("none");
    Idx source = named("mnist");
    assertEquals(1, labels(source.load(new DataDirectories(cache, system)).train())[0]);
    assertEquals(0, labels(source.load(new DataDirectories(none, system)).train())[0]);
  }

  @Test
  void saysHowToGetAMissingDataSet() {
    DataDirectories empty = new DataDirectories(directory.resolve("a"), directory.resolve("b"));
    sentence(
        () -> named("fashion-mnist").load(empty),
        "fathom data fetch fashion-mnist",
        "apt-get install dataset-fashion-mnist",
        directory.resolve("a").resolve("fashion-mnist").toString());
    sentence(() -> named("mnist").load(empty), "fathom data fetch mnist");
    sentence(() -> named("cats").load(empty), "data.directory", "fashion-mnist");
  }

  @Test
  void missingDirectoryOrFile() throws IOException {
    Path gone = directory.resolve("gone");
    sentence(
        () -> new Idx("mnist", gone, null, new Subset.Drawn(), Selection.ALL).load(),
        "gone",
        "does not exist");
    Files.delete(directory.resolve(TRAIN_LABELS));
    fails("train-labels-idx1-ubyte.gz", directory.toString());
  }

  @Test
  void truncatedGzipAtEveryLength() throws IOException {
    Path file = directory.resolve(TRAIN_IMAGES);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      fails(TRAIN_IMAGES, "cut off");
    }
  }

  @Test
  void truncatedIdxAtEveryLength() throws IOException {
    byte[] whole = IdxFiles.images(6, 4, 4);
    for (int length = 0; length < whole.length; length++) {
      IdxFiles.gzip(directory.resolve(TRAIN_IMAGES), Arrays.copyOf(whole, length));
      fails(TRAIN_IMAGES, "cut off");
    }
  }

  @Test
  void damagedGzipAndSurplusBytes() throws IOException {
    Path file = directory.resolve(TRAIN_IMAGES);
    byte[] whole = Files.readAllBytes(file);
    whole[whole.length - 6] ^= 1;
    Files.write(file, whole);
    fails(TRAIN_IMAGES, "not a sound gzip file");
    Files.writeString(file, "this is no gzip file");
    fails(TRAIN_IMAGES, "not a sound gzip file");
    IdxFiles.gzip(file, Arrays.copyOf(IdxFiles.images(6, 4, 4), 16 + 6 * 16 + 1));
    fails(TRAIN_IMAGES, "more bytes than the 96");
  }

  @Test
  void wrongMagic() throws IOException {
    IdxFiles.gzip(directory.resolve(TRAIN_IMAGES), IdxFiles.labels(0, 1, 2));
    fails(TRAIN_IMAGES, "0x00000801", "0x00000803");
  }

  @Test
  void headersThatClaimTheImpossible() throws IOException {
    byte[] bytes = IdxFiles.images(6, 4, 4);
    bytes[4] = 0x7f;
    IdxFiles.gzip(directory.resolve(TRAIN_IMAGES), bytes);
    fails(TRAIN_IMAGES, "cut off");
    bytes[4] = (byte) 0x80;
    IdxFiles.gzip(directory.resolve(TRAIN_IMAGES), bytes);
    fails(TRAIN_IMAGES, "cut off");
  }

  @Test
  void emptyData() throws IOException {
    IdxFiles.gzip(directory.resolve(TRAIN_IMAGES), IdxFiles.images(0, 4, 4));
    fails(TRAIN_IMAGES, "empty");
  }

  @Test
  void imagesWithoutPixels() throws IOException {
    IdxFiles.gzip(directory.resolve(TRAIN_IMAGES), IdxFiles.images(6, 0, 4));
    fails(TRAIN_IMAGES, "no pixels");
  }

  @Test
  void oneClassOnly() throws IOException {
    IdxFiles.gzip(directory.resolve(TRAIN_LABELS), IdxFiles.labels(3, 3, 3, 3, 3, 3));
    fails("letters", "at least two classes", "label 3");
  }

  @Test
  void differentNumbersOfImagesAndLabels() throws IOException {
    IdxFiles.gzip(directory.resolve(TRAIN_LABELS), IdxFiles.labels(0, 1, 2));
    fails("6 samples", "3 labels");
  }

  @Test
  void testImagesOfAnotherSize() throws IOException {
    Files.write(directory.resolve("t10k-images-idx3-ubyte"), IdxFiles.images(4, 5, 5));
    fails("4 x 4", "5 x 5");
  }

  @Test
  void fewerSamplesThanAsked() {
    sentence(
        () -> idx(null, new Subset.Drawn(), Selection.of(7, 0, 0)).load(),
        "6 training",
        "7",
        "data.train");
    sentence(
        () -> idx(null, new Subset.Drawn(), Selection.of(6, 5, 0)).load(), "4 test", "data.test");
  }

  @Test
  void resizeOfOblongImages() throws IOException {
    IdxFiles.gzip(directory.resolve(TRAIN_IMAGES), IdxFiles.images(6, 2, 8));
    sentence(
        () -> idx(3, new Subset.Drawn(), Selection.of(6, 0, 0)).load(), "2 x 8", "data.resize");
  }

  private void fails(String... words) {
    sentence(() -> idx(null, new Subset.Drawn(), Selection.ALL).load(), words);
  }

  private Idx idx(@Nullable Integer resize, Subset subset, Selection selection) {
    return new Idx("letters", directory, resize, subset, selection);
  }

  private static Idx named(String name) {
    return new Idx(name, null, null, new Subset.Drawn(), Selection.ALL);
  }

  private static int[] labels(Dataset dataset) {
    return ((Targets.Classes) dataset.targets()).labels();
  }
}
