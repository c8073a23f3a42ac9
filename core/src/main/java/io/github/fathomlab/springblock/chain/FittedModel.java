package io.github.fathomlab.springblock.chain;

import io.github.fathomlab.instrument.Status;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One model fitted to a trajectory.
 *
 * @param estimates the value of each parameter with its interval by the profile likelihood, or why
 *     the data do not know it
 * @param profiles the cost of other values of each parameter, in rising order; for drawing
 * @param singularValues of the slopes of the residuals in the logarithms of the positive parameters
 *     and in the others per reach (times rate), falling; empty when nothing was fitted
 * @param condition the first over the last of them, infinite when nothing was fitted
 * @param weakDirection the combination of parameters that the data know least, a unit vector
 * @param rms root mean square residual, a length
 * @param inflation of the squared errors, 1 when the residuals are as large as the stated error and
 *     independent
 * @param converged whether the fit met its tolerance
 * @param fitted the numbers at the best point, logarithms for positive parameters
 * @param positions of the best point, [time][block] after the first time
 */
public record FittedModel(
    Map<TrajectoryParameter, Estimate> estimates,
    Map<TrajectoryParameter, List<ProfilePoint>> profiles,
    double[] singularValues,
    double condition,
    Map<TrajectoryParameter, Double> weakDirection,
    double rms,
    double inflation,
    boolean converged,
    double[] fitted,
    double[][] positions) {

  static FittedModel of(List<TrajectoryParameter> parameters, ProfileFit fit, Trajectory data) {
    Map<TrajectoryParameter, Estimate> estimates = new EnumMap<>(TrajectoryParameter.class);
    Map<TrajectoryParameter, List<ProfilePoint>> profiles =
        new EnumMap<>(TrajectoryParameter.class);
    Map<TrajectoryParameter, Double> weak = new EnumMap<>(TrajectoryParameter.class);
    double[] direction = fit.weakDirection();
    for (int p = 0; p < direction.length; p++) {
      estimates.put(parameters.get(p), fit.estimate(p));
      profiles.put(parameters.get(p), fit.profile(p));
      weak.put(parameters.get(p), direction[p]);
    }
    double[] residuals = fit.peak().response().residuals();
    double[][] positions = new double[data.times().length - 1][data.blocks()];
    for (int i = 0; i < residuals.length; i++) {
      int j = i / data.blocks();
      int l = i % data.blocks();
      positions[j][l] = data.positions()[j + 1][l] + data.error() * residuals[i];
    }
    return new FittedModel(
        estimates,
        profiles,
        fit.singularValues(),
        fit.condition(),
        weak,
        data.error() * Math.sqrt(fit.peak().squares() / residuals.length),
        fit.inflation(),
        fit.peak().converged(),
        fit.peak().parameters(),
        positions);
  }

  static FittedModel unknown(List<TrajectoryParameter> parameters, String reason) {
    Estimate.Unknown unknown = new Estimate.Unknown(Status.NOT_APPLICABLE, reason);
    return new FittedModel(
        parameters.stream().collect(Collectors.toMap(p -> p, _ -> unknown)),
        Map.of(),
        new double[0],
        Double.POSITIVE_INFINITY,
        Map.of(),
        Double.NaN,
        1,
        false,
        new double[0],
        new double[0][]);
  }
}
