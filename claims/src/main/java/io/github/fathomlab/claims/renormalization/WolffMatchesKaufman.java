package io.github.fathomlab.claims.renormalization;

import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.renormalization.ising2d.BatchEstimate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Clusters sample the square Ising model: at K_c their energies are the exact ones of finite tori.
 *
 * <p>Criterion, on the readings of {@link KaufmanStudy}, at every side: the sampled mean product of
 * neighbours lies within {@value #ERRORS} standard errors of Kaufman's. Null: lattices taken when a
 * number of sites has been turned must lie beyond {@value #ERRORS} standard errors, above;
 * otherwise the errors are too large to see a bias of that kind and the claim is undecided.
 */
public final class WolffMatchesKaufman implements Claim {
  static final double ERRORS = 4;

  @Override
  public String id() {
    return "renormalization/wolff-matches-kaufman";
  }

  @Override
  public String statement() {
    return "Cluster-sampled square Ising lattices at the critical coupling have the exact energy of their finite torus.";
  }

  @Override
  public String source() {
    return "Kaufman, Phys. Rev. 76, 1232 (1949) and Wolff, Phys. Rev. Lett. 62, 361 (1989): neighbours of arXiv:2212.00005"
        + " and 2606.00157, which treat one dimension; two dimensions and this test are Fathom's extension";
  }

  @Override
  public boolean appliesTo(Readings readings) {
    return !readings.of("ising2d.energy").isEmpty();
  }

  @Override
  public Verdict judge(Readings readings) {
    List<Torus> tori = new ArrayList<>();
    for (Reading exact : readings.of("ising2d.energy_exact")) {
      tori.add(
          new Torus(
              exact.step(),
              exact.value(),
              SquareReadings.at(readings, "energy", exact.step(), 0),
              SquareReadings.at(readings, "energy_null", exact.step(), 0)));
    }
    Map<String, Object> evidence = new LinkedHashMap<>();
    for (Torus torus : tori) {
      torus.show(evidence);
    }
    evidence.put("allowed_standard_errors", ERRORS);
    return Verdict.ofHolding(this, failure(tori), doubt(tori), () -> agreement(tori), evidence);
  }

  private static @Nullable String failure(List<Torus> tori) {
    for (Torus torus : tori) {
      if (Math.abs(torus.off(torus.sampled)) > ERRORS) {
        return format(
            "At L = %d the sampled energy %.5f ± %.5f is %.1f standard errors from the exact %.5f.",
            torus.side,
            torus.sampled.value(),
            torus.sampled.error(),
            Math.abs(torus.off(torus.sampled)),
            torus.exact);
      }
    }
    return null;
  }

  private static @Nullable String doubt(List<Torus> tori) {
    if (tori.isEmpty()) {
      return "The clusters cannot be judged: no exact energy was recorded.";
    }
    for (Torus torus : tori) {
      if (Double.isNaN(torus.off(torus.sampled))) {
        return format(
            "The clusters cannot be judged: at L = %d the sampled energy or its error is missing.",
            torus.side);
      }
      if (!(torus.off(torus.biased) > ERRORS)) {
        return format(
            "The clusters cannot be judged: at L = %d the biased rule gives %.5f ± %.5f, not told from the exact %.5f; use"
                + " more lattices.",
            torus.side, torus.biased.value(), torus.biased.error(), torus.exact);
      }
    }
    return null;
  }

  private static String agreement(List<Torus> tori) {
    return format(
        "At %d sides up to %d the sampled energy is within %.1f standard errors of the exact one; stopping at a number of"
            + " turned sites is at least %.0f above it.",
        tori.size(),
        tori.getLast().side,
        tori.stream().mapToDouble(t -> Math.abs(t.off(t.sampled))).max().orElseThrow(),
        tori.stream().mapToDouble(t -> t.off(t.biased)).min().orElseThrow());
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  /** One side, its exact energy, the sampled one and that of the biased rule. */
  private record Torus(long side, double exact, BatchEstimate sampled, BatchEstimate biased) {

    /** Standard errors from the exact energy. */
    double off(BatchEstimate found) {
      return (found.value() - exact) / found.error();
    }

    void show(Map<String, Object> evidence) {
      String at = "_at_" + side;
      SquareReadings.put(evidence, "exact" + at, exact);
      SquareReadings.put(evidence, "sampled" + at, sampled.value());
      SquareReadings.put(evidence, "error" + at, sampled.error());
      SquareReadings.put(evidence, "null" + at, biased.value());
      SquareReadings.put(evidence, "null_error" + at, biased.error());
    }
  }
}
