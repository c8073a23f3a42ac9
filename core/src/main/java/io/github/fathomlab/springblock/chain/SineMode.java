package io.github.fathomlab.springblock.chain;

/**
 * One standing wave of a run of sliding blocks: a damped oscillator with a constant and a cyclic
 * force, in closed form.
 *
 * <pre>   m p'' + γ p' + κ p = b + Im(a e^{iωt}),   m = 0 in first order </pre>
 *
 * <p>Symbols: κ = k λ_j stiffness of the mode, b and a forces. Source: textbook; the overdamped
 * case is written with expm1 so that it does not cancel near critical damping.
 */
final class SineMode {
  private final double begin;
  private final double centre;
  private final double frequency;
  private final double cosine;
  private final double sine;
  private final Decay decay;
  private final double position;
  private final double velocity;

  /**
   * A mode from its state at a time.
   *
   * @param stiffness κ
   * @param constant b
   * @param cyclic a, the amplitude of the force sin(ωt)
   * @param frequency ω, 0 where there is no cyclic force
   */
  SineMode(
      Inertia inertia,
      double stiffness,
      double constant,
      double cyclic,
      double frequency,
      double begin,
      double position,
      double velocity) {
    this.begin = begin;
    this.frequency = frequency;
    centre = constant / stiffness;
    double mass = inertia instanceof Inertia.Massive massive ? massive.mass() : 0;
    double real = stiffness - mass * frequency * frequency;
    double imaginary = inertia.damping() * frequency;
    double norm = real * real + imaginary * imaginary;
    sine = cyclic == 0 ? 0 : cyclic * real / norm;
    cosine = cyclic == 0 ? 0 : -cyclic * imaginary / norm;
    decay = Decay.of(inertia, stiffness);
    this.position = position - steady(begin);
    this.velocity = velocity - steadyRate(begin);
  }

  private double steady(double time) {
    return frequency == 0
        ? centre
        : centre + sine * Math.sin(frequency * time) + cosine * Math.cos(frequency * time);
  }

  private double steadyRate(double time) {
    return frequency == 0
        ? 0
        : frequency * (sine * Math.cos(frequency * time) - cosine * Math.sin(frequency * time));
  }

  /** Writes p and dp/dt at a time into two places. */
  void at(double time, double[] state) {
    decay.apply(time - begin, position, velocity, state);
    state[0] += steady(time);
    state[1] += steadyRate(time);
  }

  /** How a mode goes back to its centre. */
  private sealed interface Decay {

    static Decay of(Inertia inertia, double stiffness) {
      return switch (inertia) {
        case Inertia.Massless massless -> new Creeping(stiffness / massless.damping());
        case Inertia.Massive massive -> {
          double beta = massive.damping() / (2 * massive.mass());
          double square = stiffness / massive.mass();
          double gap = square - beta * beta;
          yield gap > 0
              ? new Ringing(beta, Math.sqrt(gap), square)
              : new Sagging(square / (beta + Math.sqrt(-gap)), Math.sqrt(-gap), beta, square);
        }
      };
    }

    void apply(double time, double q, double u, double[] state);

    /** dq/dt = -rate q. */
    record Creeping(double rate) implements Decay {
      @Override
      public void apply(double time, double q, double u, double[] state) {
        state[0] = q * Math.exp(-rate * time);
        state[1] = -rate * state[0];
      }
    }

    /** Below critical damping. */
    record Ringing(double beta, double omega, double square) implements Decay {
      @Override
      public void apply(double time, double q, double u, double[] state) {
        double shrink = Math.exp(-beta * time);
        double cos = shrink * Math.cos(omega * time);
        double sin = shrink * Math.sin(omega * time) / omega;
        state[0] = q * cos + (u + beta * q) * sin;
        state[1] = u * cos - (beta * u + square * q) * sin;
      }
    }

    /** At or above critical damping; slow is the smaller rate, split half the difference. */
    record Sagging(double slow, double split, double beta, double square) implements Decay {
      @Override
      public void apply(double time, double q, double u, double[] state) {
        double shrink = Math.exp(-slow * time);
        double fast = Math.expm1(-2 * split * time);
        double cosh = shrink * (1 + fast / 2);
        double sinh = split == 0 ? shrink * time : -shrink * fast / (2 * split);
        state[0] = q * cosh + (u + beta * q) * sinh;
        state[1] = u * cosh - (beta * u + square * q) * sinh;
      }
    }
  }
}
