package io.github.fathomlab.claims.rankcollapse;

import io.github.fathomlab.claims.rankcollapse.ChainCell.View;
import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Something is true of every chain that networks were trained on.
 *
 * <p>FAILS when a cell that passes the {@link Gate} misses the criterion; HOLDS when all that pass
 * meet it, are more than half of all and at least {@code fewest}, and every {@link Control} comes
 * out as it has to; UNDECIDED otherwise, also when the cells of a control are missing, and always
 * when a loss lies below the optimum. Cells off the gate are named.
 *
 * @param id identifier of the claim
 * @param statement in one sentence
 * @param source what is the paper's and what is ours
 * @param chains which cells are judged
 * @param fewest chains that the claim can hold on
 * @param criterion of each of them
 * @param controls without which meeting the criterion is no evidence
 * @param documented the outcome on the documented sweep
 */
record EveryChain(
    String id,
    String statement,
    String source,
    Predicate<ChainCell> chains,
    int fewest,
    Criterion criterion,
    List<Control> controls,
    Outcome documented)
    implements Claim {

  /**
   * What is asked of a cell.
   *
   * @param what the number is, for sentences
   * @param number that decides, over the seeds of a cell
   * @param words a cell and the numbers that decide
   * @param test of the cell
   * @param view that ranks are shown of
   * @param fields shown
   */
  record Criterion(
      String what,
      ToDoubleFunction<ChainCell> number,
      Function<ChainCell, String> words,
      Function<ChainCell, Word> test,
      View view,
      Set<CellField> fields) {
    Criterion {
      fields = Set.copyOf(fields);
    }

    /** What one number decides. */
    Criterion(
        String what,
        ToDoubleFunction<ChainCell> number,
        Function<ChainCell, Word> test,
        View view,
        Set<CellField> fields) {
      this(
          what,
          number,
          cell -> String.format(Locale.ROOT, "%s (%.3g)", cell.label(), number.applyAsDouble(cell)),
          test,
          view,
          fields);
    }

    String range(List<ChainCell> cells) {
      double least = cells.stream().mapToDouble(number).min().orElse(Double.NaN);
      double most = cells.stream().mapToDouble(number).max().orElse(Double.NaN);
      return least == most
          ? String.format(Locale.ROOT, "%.3g", least)
          : String.format(Locale.ROOT, "%.3g to %.3g", least, most);
    }
  }

  private List<ChainCell> cells(Readings readings) {
    return ChainCells.chains(readings).stream().filter(chains).toList();
  }

  @Override
  public boolean appliesTo(Readings readings) {
    return !cells(readings).isEmpty();
  }

  @Override
  public Verdict judge(Readings readings) {
    Map<String, Object> evidence = new LinkedHashMap<>();
    CellTable table = new CellTable(criterion.view, criterion.fields, evidence);
    cells(readings).forEach(cell -> table.judge(cell, criterion.test));
    List<String> against =
        controls.stream().flatMap(control -> control.against(readings, table).stream()).toList();
    List<ChainCell> passed = table.with(Word.PASS);
    List<ChainCell> failed = table.with(Word.FAIL);
    evidence.put("chains", (long) table.size());
    evidence.put("chains_passing", (long) passed.size());
    evidence.put("chains_failing", (long) failed.size());
    if (table.wrong().isPresent()) {
      return verdict(Outcome.UNDECIDED, table.wrong().get(), evidence);
    }
    if (!failed.isEmpty()) {
      return verdict(Outcome.FAILS, failure(passed, failed) + table.leftOut(), evidence);
    }
    Optional<String> doubt =
        table
            .doubt()
            .or(() -> tooFew(passed.size(), table.size()).map(text -> text + table.leftOut()))
            .or(() -> against.stream().findFirst().map(text -> agreement(passed) + " " + text));
    return doubt
        .map(text -> verdict(Outcome.UNDECIDED, text, evidence))
        .orElseGet(() -> verdict(Outcome.HOLDS, agreement(passed) + table.leftOut(), evidence));
  }

  private String failure(List<ChainCell> passed, List<ChainCell> failed) {
    String where = CellTable.named(failed, criterion.words);
    return "In %d of %d chains it is not so, by %s: %s.%s"
        .formatted(
            failed.size(),
            failed.size() + passed.size(),
            criterion.what,
            where,
            passed.isEmpty() ? "" : " In the others this is " + criterion.range(passed) + ".");
  }

  private String agreement(List<ChainCell> passed) {
    return "%s is %s in all %d chains that can be judged: %s."
        .formatted(
            criterion.what.substring(0, 1).toUpperCase(Locale.ROOT) + criterion.what.substring(1),
            criterion.range(passed),
            passed.size(),
            CellTable.labels(passed));
  }

  private Optional<String> tooFew(int passed, int all) {
    return passed >= fewest && 2 * passed > all
        ? Optional.empty()
        : Optional.of(
            "The criterion is met in %d of %d chains, too few to speak of every one (at least %d and more than half)."
                .formatted(passed, all, fewest));
  }

  private Verdict verdict(Outcome outcome, String sentence, Map<String, Object> evidence) {
    return new Verdict(id, outcome, sentence, documented, evidence, source);
  }
}
