package io.github.fathomlab.claims.rankcollapse;

import io.github.fathomlab.instrument.Readings;
import java.util.List;
import java.util.function.Predicate;

/** Trainings that can teach nothing: what they do to a network is no evidence of learning. */
enum Null {
  /** Of states that do not depend on each other. */
  INDEPENDENT("independent tokens", ChainCells::independent),
  /** Of targets that do not depend on what is seen. */
  SHUFFLED("shuffled targets", cell -> ChainCells.dependent(cell) && ChainCells.shuffled(cell));

  private final String words;
  private final Predicate<ChainCell> kind;

  Null(String words, Predicate<ChainCell> kind) {
    this.words = words;
    this.kind = kind;
  }

  String words() {
    return words;
  }

  /** Those of a sweep that are otherwise set up as the judged networks are. */
  List<ChainCell> of(Readings readings) {
    return ChainCells.of(readings).stream()
        .filter(cell -> ChainCells.window(cell) && cell.draws() > 0 && kind.test(cell))
        .toList();
  }
}
