package io.github.fathomlab.springblock.chain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Walks along one parameter after the other away from a minimum, the rest fitted anew, until the
 * deviance is beyond its bound.
 *
 * <p>The steps grow, and shrink where the minimum could not be followed. A point that one walk
 * found inside the bound extends the interval of every other parameter to itself.
 */
final class ProfileWalk {
  static final double CHI_SQUARED_95 = 3.841458820694124;

  /** A deviance above this is taken for a minimum that was not followed, or for a step too long. */
  private static final double FAR = 9;

  /** A fall of the deviance that counts as a lower minimum. */
  private static final double LOWER = 0.01;

  /** First step, in units of the parameter. */
  private static final double LONGEST = 0.5;

  /** Steps are not shortened below this share of the first. */
  private static final double NARROWEST = 0.05;

  /** An interval that goes on this far, in units of the parameter, bounds nothing of use. */
  private static final double FARTHEST = 4;

  /** A side that takes more is left open where it was followed to. */
  private static final int MOST_SEARCHES = 24;

  private final BoundedLeastSquares problem;
  private final List<double[]> starts;
  private final BoundedLeastSquares.Minimum from;
  private final double spread;
  private final List<BoundedLeastSquares.Minimum> visited = new ArrayList<>();
  private BoundedLeastSquares.Minimum lowest;

  /** Where a profile leaves the interval on one side; open when it does not. */
  record End(double number, boolean open) {}

  /**
   * One profile.
   *
   * @param points with the number fitted in the place of the value, in rising order
   */
  record Profile(List<ProfilePoint> points, End low, End high) {}

  /**
   * A walk from a minimum.
   *
   * @param spread by which squares are divided
   */
  ProfileWalk(
      BoundedLeastSquares problem,
      List<double[]> starts,
      BoundedLeastSquares.Minimum from,
      double spread) {
    this.problem = problem;
    this.starts = starts;
    this.from = from;
    this.spread = spread;
    lowest = from;
  }

  /** The minimum walked from, or a lower one that was met. */
  BoundedLeastSquares.Minimum lowest() {
    return lowest;
  }

  /**
   * The profile of one parameter.
   *
   * @param error its standard error
   * @param unit of the parameter
   */
  Profile profile(int p, double error, double unit) {
    List<ProfilePoint> points = new ArrayList<>();
    points.add(new ProfilePoint(from.parameters()[p], 0));
    double first = Math.min(1.5 * error, LONGEST * unit);
    End low = end(p, -1, first, FARTHEST * unit, points);
    End high = end(p, 1, first, FARTHEST * unit, points);
    points.sort(Comparator.comparingDouble(ProfilePoint::value));
    return new Profile(List.copyOf(points), low, high);
  }

  /** Whether a later walk found a point inside its bound but outside this interval. */
  boolean isTooNarrow(int p, Profile profile) {
    return farther(p, -1, profile.low.number).isPresent()
        || farther(p, 1, profile.high.number).isPresent();
  }

  private double deviance(BoundedLeastSquares.Minimum at) {
    return (at.squares() - from.squares()) / spread;
  }

  private End end(int p, int side, double first, double farthest, List<ProfilePoint> points) {
    double bound = side < 0 ? problem.low(p) : problem.high(p);
    double centre = from.parameters()[p];
    double step = first;
    BoundedLeastSquares.Minimum inside = from;
    double here = centre;
    int searches = 0;
    while (here != bound
        && Math.abs(here - centre) < farthest
        && lowest == from
        && searches < MOST_SEARCHES) {
      searches++;
      double next = side < 0 ? Math.max(bound, here - step) : Math.min(bound, here + step);
      BoundedLeastSquares.Minimum outside = problem.holding(p, next, inside);
      if (deviance(outside) > FAR && step > NARROWEST * first) {
        step /= 4;
        continue;
      }
      if (deviance(outside) > FAR) {
        searches += starts.size();
        outside = anew(p, next, outside);
      }
      double deviance = note(next, outside, points);
      step *= 2;
      if (deviance > CHI_SQUARED_95) {
        double crossing = here + crossing(inside, deviance) * (next - here);
        Optional<BoundedLeastSquares.Minimum> farther = farther(p, side, crossing);
        if (farther.isEmpty()) {
          boolean limited = problem.isLimited(p, outside.parameters());
          return new End(crossing, limited || Math.abs(crossing - centre) >= farthest);
        }
        outside = farther.get();
        step = first;
      }
      inside = outside;
      here = inside.parameters()[p];
    }
    return new End(here, true);
  }

  private double note(double number, BoundedLeastSquares.Minimum at, List<ProfilePoint> points) {
    double deviance = Math.max(0, deviance(at));
    points.add(new ProfilePoint(number, deviance));
    visited.add(at);
    if (deviance(at) < -LOWER) {
      lowest = problem.from(at.parameters());
    }
    return deviance;
  }

  /**
   * The share of the way out at which the root of the deviance, nearly straight, is at its bound.
   */
  private double crossing(BoundedLeastSquares.Minimum inside, double outside) {
    double root = Math.sqrt(Math.max(0, deviance(inside)));
    return (Math.sqrt(CHI_SQUARED_95) - root) / (Math.sqrt(outside) - root);
  }

  /** The point of any walk inside its bound that lies farthest beyond a crossing. */
  private Optional<BoundedLeastSquares.Minimum> farther(int p, int side, double crossing) {
    return visited.stream()
        .filter(at -> deviance(at) < CHI_SQUARED_95)
        .filter(at -> side * (at.parameters()[p] - crossing) > 0)
        .max(Comparator.comparingDouble(at -> side * at.parameters()[p]));
  }

  /** The lowest of a minimum and those from all starts. */
  private BoundedLeastSquares.Minimum anew(int p, double value, BoundedLeastSquares.Minimum known) {
    return Stream.concat(
            Stream.of(known), starts.stream().map(start -> problem.holding(p, value, start)))
        .min(Comparator.comparingDouble(BoundedLeastSquares.Minimum::squares))
        .orElseThrow();
  }
}
