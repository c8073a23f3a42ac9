package io.github.fathomlab.training;

/** The learning rate as a function of the step, as a factor on the base rate. */
public sealed interface Schedule {

  /** Factor 1. */
  record Constant() implements Schedule {}

  /** Factor {@code factor^(k / every)} with integer division. */
  record Staircase(long every, double factor) implements Schedule {
    public Staircase {
      if (every < 1) {
        throw new IllegalArgumentException(
            "a staircase needs stairs of at least 1 step, found " + every);
      }
      requireNotNegative("the factor of a staircase", factor);
    }
  }

  /** Half a cosine from 1 to {@code last} over the whole training. */
  record Cosine(double last) implements Schedule {
    public Cosine {
      requireNotNegative("the last factor of a cosine", last);
    }
  }

  /** Factor 1/(1 + rate k). */
  record Inverse(double rate) implements Schedule {
    public Inverse {
      requireNotNegative("the rate of an inverse schedule", rate);
    }
  }

  /** A linear rise over the first steps, (k+1)/steps, then {@code then} counted from there. */
  record Warmup(long steps, Schedule then) implements Schedule {
    public Warmup {
      if (steps < 1) {
        throw new IllegalArgumentException("a warm-up needs at least 1 step, found " + steps);
      }
    }
  }

  /** The factor at step k of a training of {@code total} steps. */
  default double factor(long k, long total) {
    return switch (this) {
      case Constant _ -> 1;
      case Staircase s -> StrictMath.pow(s.factor, k / s.every);
      case Cosine c -> {
        double phase = total <= 1 ? 0 : Math.min(1, (double) k / (total - 1));
        yield c.last + (1 - c.last) * 0.5 * (1 + StrictMath.cos(Math.PI * phase));
      }
      case Inverse i -> 1 / (1 + i.rate * k);
      case Warmup w ->
          k < w.steps ? (k + 1.0) / w.steps : w.then.factor(k - w.steps, total - w.steps);
    };
  }

  private static void requireNotNegative(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " must be finite and not negative, found " + value);
    }
  }
}
