package io.github.fathomlab.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NearestWordTest {

  @Test
  void distancesOfKnownPairs() {
    assertEquals(3, NearestWord.distance("kitten", "sitting"));
    assertEquals(1, NearestWord.distance("widht", "width"));
    assertEquals(4, NearestWord.distance("", "bias"));
    assertEquals(0, NearestWord.distance("seed", "seed"));
  }

  @Test
  void distanceIsSymmetricAndBoundedByTheEditsMade() {
    Random random = new Random(3);
    for (int round = 0; round < 500; round++) {
      StringBuilder word = new StringBuilder("learning_rate");
      int edits = random.nextInt(4);
      for (int i = 0; i < edits; i++) {
        int at = random.nextInt(word.length());
        switch (random.nextInt(3)) {
          case 0 -> word.deleteCharAt(at);
          case 1 -> word.insert(at, 'q');
          default -> word.setCharAt(at, 'z');
        }
      }
      int distance = NearestWord.distance("learning_rate", word.toString());
      assertEquals(distance, NearestWord.distance(word.toString(), "learning_rate"));
      assertEquals(Math.min(distance, edits), distance);
    }
  }

  @Test
  void initialsAreUnderstood() {
    List<String> words = List.of("l2", "learning_rate", "weight_decay");
    assertEquals("; did you mean \"learning_rate\"?", NearestWord.hint("lr", words));
    assertEquals("; did you mean \"weight_decay\"?", NearestWord.hint("wd", words));
  }

  @Test
  void beginningsAreUnderstood() {
    List<String> words = List.of("mlp", "residual", "convolution");
    assertEquals("; did you mean \"convolution\"?", NearestWord.hint("conv", words));
    assertEquals("; did you mean \"residual\"?", NearestWord.hint("Res", words));
    assertEquals("", NearestWord.hint("co", words));
  }

  @Test
  void farWordsGetNoHint() {
    assertEquals("", NearestWord.hint("momentum", List.of("width", "depth")));
    assertEquals("", NearestWord.hint("anything", List.of()));
    assertEquals("", NearestWord.hint("lr", List.of("l2")));
    assertEquals("; did you mean \"depth\"?", NearestWord.hint("Dept", List.of("width", "depth")));
  }
}
