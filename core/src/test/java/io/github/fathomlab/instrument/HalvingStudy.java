package io.github.fathomlab.instrument;

import io.github.fathomlab.instrument.Verdict.Outcome;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A study whose numbers everybody knows: {@code split.half} is 2^-n at steps n = 0..8, or 0..4 when
 * it is quick, for two layers and two replicas.
 */
public final class HalvingStudy implements Study {
  private static final long LAST = 8;
  private static final long LAST_WHEN_QUICK = 4;

  @Override
  public void perform(boolean quick, Consumer<Reading> sink) {
    for (int replica = 0; replica < 2; replica++) {
      for (long n = 0; n <= (quick ? LAST_WHEN_QUICK : LAST); n++) {
        for (int layer = 0; layer < 2; layer++) {
          sink.accept(
              new Reading(
                  "split.half",
                  n,
                  layer,
                  "layer " + layer,
                  replica,
                  Math.scalb(1.0, (int) -n),
                  Status.OK,
                  Double.NaN));
        }
      }
    }
  }

  /**
   * Holds exactly when every reading is 2^-step, as those of a {@link HalvingStudy} are.
   *
   * @param id identifier {@code paper/statement}
   * @param documented what is said to have been found before
   */
  public record Halves(String id, Outcome documented) implements Claim {

    @Override
    public String statement() {
      return "Every number is half of the one before.";
    }

    @Override
    public String source() {
      return "arithmetic";
    }

    @Override
    public boolean appliesTo(Readings readings) {
      return !readings.of("split.half").isEmpty();
    }

    @Override
    public Verdict judge(Readings readings) {
      List<Reading> all = readings.of("split.half");
      boolean halves = all.stream().allMatch(r -> r.value() == Math.scalb(1.0, (int) -r.step()));
      return new Verdict(
          id,
          halves ? Outcome.HOLDS : Outcome.FAILS,
          "The last of %d readings is %s.".formatted(all.size(), all.getLast().value()),
          documented,
          Map.of("readings", (long) all.size(), "last", all.getLast().value()),
          source());
    }
  }
}
