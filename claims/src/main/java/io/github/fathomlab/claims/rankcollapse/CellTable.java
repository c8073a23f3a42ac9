package io.github.fathomlab.claims.rankcollapse;

import io.github.fathomlab.claims.cells.CellEvidence;
import io.github.fathomlab.claims.rankcollapse.ChainCell.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The cells of one claim, each behind the {@link Gate}, with their words and numbers as evidence.
 */
final class CellTable {
  private static final int MOST_NAMED = 4;

  private final View view;
  private final Set<CellField> fields;
  private final Map<String, Object> evidence;
  private final Map<ChainCell, Word> words = new LinkedHashMap<>();

  /**
   * @param view that ranks are shown of
   * @param fields shown
   * @param evidence of the claim, added to
   */
  CellTable(View view, Set<CellField> fields, Map<String, Object> evidence) {
    this.view = view;
    this.fields = fields;
    this.evidence = evidence;
  }

  /** Adds a cell of which nothing is asked but the gate. */
  Word measure(ChainCell cell) {
    return judge(cell, _ -> Word.MEASURED);
  }

  /** Adds a cell with what it says on a criterion if it passes the gate. */
  Word judge(ChainCell cell, Function<ChainCell, Word> criterion) {
    return judge(cell, "", criterion);
  }

  /** As {@link #judge(ChainCell, Function)}, of a control. */
  Word control(ChainCell cell, Function<ChainCell, Word> criterion) {
    return judge(cell, "control: ", criterion);
  }

  /** An empty table that shows the same numbers among the same evidence. */
  CellTable beside() {
    return new CellTable(view, fields, evidence);
  }

  private Word judge(ChainCell cell, String kind, Function<ChainCell, Word> criterion) {
    Word gate = Gate.of(cell);
    Word word = gate == Word.MEASURED ? criterion.apply(cell) : gate;
    words.put(cell, word);
    CellEvidence row =
        new CellEvidence(evidence, kind + cell.label())
            .word("word", word.name())
            .count("seeds", cell.seeds());
    for (CellField field : CellField.values()) {
      if (fields.contains(field)) {
        field.put(row, cell, view);
      }
    }
    return word;
  }

  /** The cells with a word, in the order in which they were added. */
  List<ChainCell> with(Word word) {
    return words.entrySet().stream()
        .filter(entry -> entry.getValue() == word)
        .map(Map.Entry::getKey)
        .toList();
  }

  int size() {
    return words.size();
  }

  /** Why nothing can be said at all: a yardstick that is not true. */
  Optional<String> wrong() {
    return sentence(
        Word.WRONG_YARDSTICK,
        "A loss lies below that of the exact optimum, so the yardstick is wrong and nothing can be judged: %s.");
  }

  /** Why not every cell could be judged. */
  Optional<String> doubt() {
    return sentence(
            Word.FEW_SEEDS, "Fewer than " + Gate.FEWEST_SEEDS + " seeds cannot be judged: %s.")
        .or(() -> sentence(Word.UNREAD, "Numbers are missing, so these cannot be judged: %s."));
  }

  /** Why a cell that is needed cannot be judged; empty where all can. */
  Optional<String> obstacle() {
    return wrong()
        .or(this::doubt)
        .or(() ->
            sentence(
                Word.NOT_CONVERGED,
                "Networks that have not learned what there is cannot be judged: %s."));
  }

  private Optional<String> sentence(Word word, String form) {
    List<ChainCell> cells = with(word);
    return cells.isEmpty() ? Optional.empty() : Optional.of(form.formatted(labels(cells)));
  }

  /** The cells that are left out of a claim about every one that can be judged, as a sentence. */
  String leftOut() {
    List<ChainCell> out = words.keySet().stream().filter(cell -> !word(cell).usable()).toList();
    return out.isEmpty()
        ? ""
        : " Not judged: "
            + named(out, cell -> "%s (%s)".formatted(cell.label(), word(cell).words()))
            + ".";
  }

  private Word word(ChainCell cell) {
    return words.getOrDefault(cell, Word.UNREAD);
  }

  /** Names of cells, the first of many. */
  static String labels(List<ChainCell> cells) {
    return named(cells, ChainCell::label);
  }

  /** Cells in words, the first of many. */
  static String named(List<ChainCell> cells, Function<ChainCell, String> words) {
    String first = cells.stream().limit(MOST_NAMED).map(words).collect(Collectors.joining("; "));
    return cells.size() <= MOST_NAMED
        ? first
        : "%s and %d more".formatted(first, cells.size() - MOST_NAMED);
  }
}
