package io.github.fathomlab.claims.springblock;

import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A pulled chain of blocks with dry friction has the phase diagram of the networks: concave at low
 * noise and high friction, convex at high noise, straight along a line between them.
 *
 * <p>Criterion, in first and in second order: in every row of friction c = d_1 - d_7 never falls
 * with noise (1e-6), is negative at the lowest and positive at the highest noise, and changes its
 * sign at more noise the more friction; and simulated chains have the c of the mean field within
 * 0.01. Nulls: without friction |c| &lt; 1e-4 (what is left of the start after the duration), with
 * equal friction in both directions c &lt;= 0 in every cell, as the symmetry of the noise demands;
 * a null with a diagram of its own, and simulations with a standard error above 0.0025, leave the
 * claim undecided. The phases of cells in the evidence are those of the relative tilt, |q| &lt;=
 * 0.1 linear: at low friction the convex side is flatter than that.
 */
public final class ChainTopology implements Claim {
  private static final double AGREEMENT = 0.01;
  private static final double PRECISION = AGREEMENT / 4;
  private static final double RELAXED = 1e-4;
  private static final double BENT = 0.1;

  @Override
  public String id() {
    return "spring-block/chain-topology";
  }

  @Override
  public String statement() {
    return "A pulled chain of blocks with dry friction has the topology of the networks' phase diagram: its loads are"
        + " concave at low noise and high friction, convex at high noise, and linear along a band between.";
  }

  @Override
  public String source() {
    return "arXiv:2407.19353 (abstract: a spring-block chain reproduces the noise-nonlinearity phase diagram; code: the"
        + " chain and c); its own diagram of the chain could not be seen; the mean field, the durations, the grid,"
        + " mu_L/mu_R = 4/3 throughout, the nulls and the criterion are Fathom's. Limit of the analogy: without friction"
        + " the chain is exactly linear, while linear networks are convex in the trace ratio";
  }

  @Override
  public boolean appliesTo(Readings readings) {
    return !readings.of(ChainSetting.FIRST.prefix + "curvature").isEmpty();
  }

  @Override
  public Verdict judge(Readings readings) {
    List<Diagram> diagrams = new ArrayList<>();
    Map<String, Object> evidence = new LinkedHashMap<>();
    for (ChainSetting setting : ChainSetting.values()) {
      Diagram diagram = Diagram.of(readings, setting.prefix);
      diagrams.add(diagram);
      evidence(diagram, readings, evidence);
    }
    evidence.put("tolerance", AGREEMENT);
    String failure = first(diagrams, Diagram::failure);
    String doubt = first(diagrams, Diagram::doubt);
    return Verdict.ofHolding(
        this,
        failure == null ? null : "The chain has another topology: " + failure + ".",
        doubt == null ? null : "The topology cannot be judged: " + doubt + ".",
        () -> holds(diagrams),
        evidence);
  }

  private static @Nullable String first(
      List<Diagram> diagrams, Function<Diagram, @Nullable String> said) {
    return diagrams.stream().map(said).filter(Objects::nonNull).findFirst().orElse(null);
  }

  private static String holds(List<Diagram> diagrams) {
    CurvatureGrid first = diagrams.get(0).grid;
    CurvatureGrid second = diagrams.get(1).grid;
    return String.format(
        Locale.ROOT,
        "In all %d rows of friction loads turn from concave to convex as noise grows, at noise %.4f to %.4f (first"
            + " order) and %.5f to %.5f (second order), later with more friction; never convex with equal friction,"
            + " straight without.",
        first.cells().length + second.cells().length,
        first.straightNoise(0),
        first.straightNoise(first.cells().length - 1),
        second.straightNoise(0),
        second.straightNoise(second.cells().length - 1));
  }

  private static void evidence(Diagram diagram, Readings readings, Map<String, Object> evidence) {
    String word = diagram.prefix.substring("chain.".length());
    CurvatureGrid grid = diagram.grid;
    if (grid.isWhole()) {
      evidence.put(word + "straight_noise_low", grid.straightNoise(0));
      evidence.put(word + "straight_noise_high", grid.straightNoise(grid.cells().length - 1));
      evidence.put(word + "smallest_rise", grid.smallestRise());
      evidence.put(word + "highest", grid.highest());
    }
    if (diagram.equal.isWhole()) {
      evidence.put(word + "highest_null", diagram.equal.highest());
    }
    long concave = 0;
    long convex = 0;
    long linear = 0;
    for (Reading reading : readings.of(diagram.prefix + "tilt")) {
      if (reading.status() == Status.OK) {
        double q = reading.value();
        concave += q > BENT ? 1 : 0;
        convex += q < -BENT ? 1 : 0;
        linear += Math.abs(q) <= BENT ? 1 : 0;
      }
    }
    evidence.put(word + "cells_concave", concave);
    evidence.put(word + "cells_linear", linear);
    evidence.put(word + "cells_convex", convex);
    double worst = diagram.worstDeviation();
    if (worst >= 0) {
      evidence.put(word + "sampled_deviation", worst);
    }
  }

  /** All that is known of one chain. */
  private record Diagram(
      String prefix,
      CurvatureGrid grid,
      CurvatureGrid equal,
      List<Reading> frictionless,
      List<Reading> sampled) {

    static Diagram of(Readings readings, String prefix) {
      return new Diagram(
          prefix,
          CurvatureGrid.of(readings, prefix, "curvature"),
          CurvatureGrid.of(readings, prefix, "curvature_equal"),
          readings.of(prefix + "curvature_frictionless"),
          readings.of(prefix + "curvature_sampled"));
    }

    @Nullable String failure() {
      String topology = grid.failure();
      if (topology != null) {
        return topology;
      }
      for (Reading reading : sampled) {
        if (reading.standardError() <= PRECISION && deviation(reading) >= AGREEMENT) {
          return String.format(
              Locale.ROOT,
              "simulated chains have c = %.4f ± %.4f, off its mean field by %.4f (%scurvature_sampled)",
              reading.value(),
              reading.standardError(),
              deviation(reading),
              prefix);
        }
      }
      return null;
    }

    @Nullable String doubt() {
      if (!grid.isWhole() || !equal.isWhole()) {
        return "cells of " + prefix + "curvature or " + prefix + "curvature_equal are missing";
      }
      if (equal.isSomewhereConvex()) {
        return String.format(
            Locale.ROOT,
            "with equal friction %scurvature_equal reaches %.5f, above 0",
            prefix,
            equal.highest());
      }
      if (frictionless.isEmpty()
          || !frictionless.stream().allMatch(r -> Math.abs(r.value()) < RELAXED)) {
        return prefix + "curvature_frictionless is missing or not 0: the chain is still relaxing";
      }
      if (sampled.isEmpty()
          || !sampled.stream()
              .allMatch(r -> r.standardError() <= PRECISION && deviation(r) < AGREEMENT)) {
        return prefix + "curvature_sampled is missing or too uncertain";
      }
      return null;
    }

    /** Of a simulated cell from its mean field; NaN where one of them is missing. */
    private double deviation(Reading cell) {
      boolean inside = cell.step() < grid.cells().length && cell.replica() < grid.noises().length;
      return inside
          ? Math.abs(cell.value() - grid.cells()[(int) cell.step()][cell.replica()])
          : Double.NaN;
    }

    /** NaN or negative where nothing was simulated. */
    double worstDeviation() {
      return sampled.stream().mapToDouble(this::deviation).max().orElse(-1);
    }
  }
}
