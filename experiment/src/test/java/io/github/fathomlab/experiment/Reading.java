package io.github.fathomlab.experiment;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;

/** Reads experiments from text as if it stood in {@code x.yaml}. */
final class Reading {

  private Reading() {}

  static Experiment of(String yaml, String... sets) {
    return of(yaml, Path.of(""), sets);
  }

  static Experiment of(String yaml, Path directory, String... sets) {
    Place place = Place.file("x.yaml", directory);
    return ExperimentFile.read(place, yaml, SetOption.all(List.of(sets)), true).experiment();
  }

  static List<String> problems(String yaml, String... sets) {
    return assertThrows(ExperimentException.class, () -> of(yaml, sets)).problems();
  }
}
