package io.github.fathomlab.claims.rankcollapse;

import io.github.fathomlab.instrument.Readings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What must come out elsewhere, or meeting a criterion is no evidence. */
sealed interface Control {

  /**
   * Why meeting the criterion is no evidence, as a sentence; empty where it is. Rows of other cells
   * are added to the evidence.
   *
   * @param judged cells of the claim
   */
  Optional<String> against(Readings readings, CellTable judged);

  /**
   * Of the networks that meet the criterion, before they were trained.
   *
   * @param otherwise the sentence about cells in which it does not come out, with a place for them
   * @param test that they have to pass
   */
  record Untrained(String otherwise, Function<ChainCell, Word> test) implements Control {
    @Override
    public Optional<String> against(Readings readings, CellTable judged) {
      return sentence(judged, Word.FAIL, otherwise)
          .or(() ->
              sentence(judged, Word.UNREAD, "But numbers from before training are missing: %s."));
    }

    private Optional<String> sentence(CellTable judged, Word word, String form) {
      List<ChainCell> cells =
          judged.with(Word.PASS).stream().filter(cell -> test.apply(cell) == word).toList();
      return cells.isEmpty()
          ? Optional.empty()
          : Optional.of(form.formatted(CellTable.labels(cells)));
    }
  }

  /**
   * Of networks that can learn nothing, each {@link Null} at least once.
   *
   * @param otherwise the sentence about cells in which it does not come out, with a place for them
   * @param words of such a cell
   * @param test that they have to pass
   */
  record OfNulls(
      String otherwise, Function<ChainCell, String> words, Function<ChainCell, Word> test)
      implements Control {
    @Override
    public Optional<String> against(Readings readings, CellTable judged) {
      CellTable table = judged.beside();
      List<String> missing = new ArrayList<>();
      for (Null kind : Null.values()) {
        List<ChainCell> cells = kind.of(readings);
        cells.forEach(cell -> table.control(cell, test));
        if (cells.isEmpty()) {
          missing.add(kind.words());
        }
      }
      List<ChainCell> off = table.with(Word.FAIL);
      if (!off.isEmpty() && table.obstacle().isEmpty()) {
        return Optional.of(otherwise.formatted(CellTable.named(off, words)));
      }
      return table
          .obstacle()
          .or(() ->
              missing.isEmpty()
                  ? Optional.empty()
                  : Optional.of(
                      "But no networks on %s were trained, which would show whether this comes with learning."
                          .formatted(String.join(" and on ", missing))));
    }
  }
}
