package io.github.fathomlab.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RenormalizationFiguresTest {
  static final Map<String, SyntheticRun> RUNS =
      Map.of(
          "thermometer", SyntheticCouplings.thermometer(),
          "thermometers", SyntheticCouplings.thermometers(),
          "environment", SyntheticCouplings.environment(),
          "autoencoders", SyntheticCouplings.autoencoders(),
          "quartics", SyntheticCouplings.quartics());

  @Test
  void writes() throws IOException {
    Path folder = Path.of("target", "room");
    Files.createDirectories(folder);
    for (Map.Entry<String, SyntheticRun> run : RUNS.entrySet()) {
      for (Figure figure : new Figures(run.getValue().input(), run.getValue()).all()) {
        Files.writeString(
            folder.resolve(run.getKey() + "-" + figure.id() + ".svg"), figure.standalone());
      }
    }
    assertEquals(1, 1);
  }
}
