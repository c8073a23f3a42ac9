package io.github.fathomlab.springblock.chain;

import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.kernels.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Stiffness, friction and noise of a first-order chain from a few looks at it, as far as they are
 * there to be known.
 *
 * <pre>
 *   full       (log k, log μ̄, log ε̄, δ) = argmin Σ (x_l(t_j) - mean field)² / σ²,  dx/dt = g(F)
 *   reduction  (log k, r): dx_l/dt = k (x_{l+1} - 2 x_l + x_{l-1} - r)
 * </pre>
 *
 * <p>Symbols: x of {@link Trajectory} with its error σ, g of {@link MeanField} with damping 1, the
 * end prescribed and straight between samples. Source: our derivation for arXiv:2407.19353.
 * Validity: the reduction is preferred when the condition number of the four slopes exceeds 100,
 * which it does for most chains and for all networks measured: μ̄ and ε̄ are known along one
 * combination only. Residuals that are too large or come in waves widen the intervals, but not
 * enough where the motion is mostly that of the noise itself (ε̄ several times μ̄); the bootstrap
 * over replicas has no such limit. Cost: about a second, the reduction alone a millisecond.
 *
 * @param full the mean field's four numbers
 * @param reduction two numbers
 * @param straightLineRms the null: distance from a chain without friction that is always at rest
 */
public record TrajectoryFit(FittedModel full, FittedModel reduction, double straightLineRms) {
  private static final double MOST_CONDITION = 100;
  private static final double STILL = 3;
  private static final int FEWEST_REPLICAS = 3;
  private static final List<TrajectoryParameter> FULL =
      List.of(
          TrajectoryParameter.STIFFNESS,
          TrajectoryParameter.FRICTION,
          TrajectoryParameter.NOISE,
          TrajectoryParameter.SKEW);
  private static final List<TrajectoryParameter> REDUCTION =
      List.of(TrajectoryParameter.RATE, TrajectoryParameter.INCREMENT);

  /** A chain that goes nowhere in this share of its time is not told from one at rest. */
  private static final double SLOWEST = 1e-3;

  /** A chain that is at rest after this share of a mean interval is not told from a faster one. */
  private static final double FASTEST = 50;

  private static final double LEAST_FORCE = 1e-5;

  /** Fits both models. */
  public static TrajectoryFit of(Trajectory data) {
    FittedModel reduction = reduce(data);
    return new TrajectoryFit(
        isStill(data) ? still(FULL, data) : full(data, reduction.fitted()),
        reduction,
        data.straightLineRms());
  }

  /** Fits the reduction alone. */
  public static FittedModel reduce(Trajectory data) {
    if (isStill(data)) {
      return still(REDUCTION, data);
    }
    ProfileFit fit =
        ProfileFit.of(
            problem(REDUCTION, data),
            axes(REDUCTION, 1, data.reach()),
            data.blocks(),
            reducedStarts(data));
    return FittedModel.of(REDUCTION, fit, data);
  }

  private static FittedModel full(Trajectory data, double... reduction) {
    double rate = Math.exp(reduction[LoadedRelaxation.RATE]);
    ProfileFit fit =
        ProfileFit.of(
            problem(FULL, data),
            axes(FULL, 1, 1, 1, rate * data.reach()),
            data.blocks(),
            starts(data, reduction));
    return FittedModel.of(FULL, fit, data);
  }

  private static boolean isStill(Trajectory data) {
    return data.reach() <= STILL * data.error();
  }

  private static FittedModel still(List<TrajectoryParameter> parameters, Trajectory data) {
    return FittedModel.unknown(
        parameters,
        String.format(
            Locale.ROOT,
            "nothing went farther than three standard errors of measurement, found %.3g and %.3g",
            data.reach(),
            data.error()));
  }

  /** The model whose numbers may be shown. */
  public FittedModel preferred() {
    return full.condition() <= MOST_CONDITION ? full : reduction;
  }

  /** The box: forces up to what moves the farthest block at the fastest rate. */
  private static BoundedLeastSquares problem(
      List<TrajectoryParameter> parameters, Trajectory data) {
    double[] rates = logRates(data);
    double reach = data.reach();
    if (parameters.equals(REDUCTION)) {
      return new BoundedLeastSquares(
          new LoadedRelaxation(data),
          new double[] {rates[0], -reach},
          new double[] {rates[1], reach});
    }
    double most = reach * Math.exp(rates[1]);
    double least = Math.log(LEAST_FORCE * reach / data.duration());
    double[] low = {rates[0], least, least, -most};
    double[] high = {rates[1], Math.log(most), Math.log(most), most};
    return new BoundedLeastSquares(new SlidingFlow(data), low, high);
  }

  private static double[] logRates(Trajectory data) {
    double interval = data.duration() / (data.times().length - 1);
    return new double[] {Math.log(SLOWEST / data.duration()), Math.log(FASTEST / interval)};
  }

  private static List<double[]> reducedStarts(Trajectory data) {
    double rate = Math.log(1 / data.duration());
    double layers = data.blocks() + 1;
    double increment = data.reach() / (layers * layers);
    return List.of(
        new double[] {rate, 0},
        new double[] {rate + Math.log(10), increment},
        new double[] {rate + Math.log(100), -increment});
  }

  /** Friction and noise around the force of an equal load, the chain faster than its reduction. */
  private static List<double[]> starts(Trajectory data, double... reduction) {
    double rate = reduction[LoadedRelaxation.RATE];
    double load = data.reach() / (data.blocks() + 1);
    double[][] ratios = {{1, 0.3, 1, 1}, {2, 1, 1, 0}, {4, 1, 0.3, 0}};
    List<double[]> starts = new ArrayList<>();
    for (double[] ratio : ratios) {
      double k = Math.exp(rate) * ratio[0];
      starts.add(
          new double[] {
            Math.log(k),
            Math.log(k * load * ratio[1]),
            Math.log(k * load * ratio[2]),
            k * reduction[LoadedRelaxation.INCREMENT] * ratio[3]
          });
    }
    return starts;
  }

  private static List<ProfileFit.Axis> axes(List<TrajectoryParameter> parameters, double... units) {
    return IntStream.range(0, units.length)
        .mapToObj(p ->
            new ProfileFit.Axis(
                parameters.get(p).description(), parameters.get(p).isPositive(), units[p]))
        .toList();
  }

  /**
   * The numbers of a fit anew for replicas drawn with return, seen as their mean.
   *
   * @param replicas of one experiment that differ by their seed
   * @param whole the fit to the mean of all of them; its model is fitted and its numbers begun with
   * @param draws how many samples of replicas, such as 200
   * @param seed of the draws
   * @return per parameter the mean over draws, their standard deviation and the 2.5 and 97.5
   *     percentiles; unknown with fewer than 3 replicas or where the whole is unknown
   */
  public static Map<TrajectoryParameter, Estimate> bootstrap(
      List<Trajectory> replicas, FittedModel whole, int draws, long seed) {
    Map<TrajectoryParameter, Estimate> spread = new EnumMap<>(TrajectoryParameter.class);
    List<TrajectoryParameter> parameters =
        Arrays.stream(TrajectoryParameter.values()).filter(whole.estimates()::containsKey).toList();
    if (whole.fitted().length == 0) {
      return whole.estimates();
    }
    if (replicas.size() < FEWEST_REPLICAS) {
      Status status = Status.TOO_FEW_REPLICAS;
      String reason = "%s, found %d".formatted(status.explanation(), replicas.size());
      parameters.forEach(p -> spread.put(p, new Estimate.Unknown(status, reason)));
      return spread;
    }
    double[][] found = new double[parameters.size()][draws];
    for (int draw = 0; draw < draws; draw++) {
      long key = CounterRandom.key(seed, draw);
      List<Trajectory> drawn = new ArrayList<>();
      for (int i = 0; i < replicas.size(); i++) {
        drawn.add(replicas.get(CounterRandom.below(key, i, replicas.size())));
      }
      double[] peak = problem(parameters, Trajectory.mean(drawn)).from(whole.fitted()).parameters();
      for (int p = 0; p < peak.length; p++) {
        found[p][draw] = parameters.get(p).isPositive() ? Math.exp(peak[p]) : peak[p];
      }
    }
    for (int p = 0; p < found.length; p++) {
      Estimate known = Objects.requireNonNull(whole.estimates().get(parameters.get(p)));
      spread.put(
          parameters.get(p), known instanceof Estimate.Unknown ? known : percentiles(found[p]));
    }
    return spread;
  }

  private static Estimate percentiles(double[] values) {
    Arrays.sort(values);
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    int cut = (int) Math.round(0.025 * (values.length - 1));
    return new Estimate.Known(
        mean,
        Math.sqrt(squares / Math.max(1, values.length - 1)),
        values[cut],
        values[values.length - 1 - cut]);
  }
}
