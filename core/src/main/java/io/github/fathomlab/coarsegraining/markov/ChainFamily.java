package io.github.fathomlab.coarsegraining.markov;

import io.github.fathomlab.kernels.CounterRandom;

/**
 * Families of Markov chains whose second eigenvalue is λ = e^(-1/ξ) for a given correlation length
 * ξ, and whose other eigenvalues are chosen.
 *
 * <pre>
 *   iid     P = U
 *   sticky  P = λ I + (1-λ) U                      all other eigenvalues λ
 *   block   P = λ B + (1-λ) U                      groups-1 of them λ, the rest 0
 *   hier    P = U + λ (B-U) + λ⁴ (I-B)             groups-1 of them λ, the rest λ⁴
 *   heat    P_ij = (1/V) Σ_k λ^(g_k/g_1) cos(2π k (i-j)/V),   g_k = 1 - cos(2π k/V)
 *   ring    P = s C + (1-s) U,   C = ¾ I + ⅛ (S + Sᵀ),   s = λ / (¾ + ¼ cos(2π/V))
 *   cyc     P = λ S + (1-λ) U                      all of modulus λ, complex
 *   db      P = λ I + (1-λ) (0.95 D + 0.05 U)      all λ, without a full set of eigenvectors
 *   dir     P = α I + (1-α) R,   α such that λ_2 = λ
 * </pre>
 *
 * <p>Symbols: U = 1/V everywhere; I identity; B = 1/m within each of nb groups of m = V/nb
 * neighbouring states, else 0; S the cyclic shift; D de Bruijn's chain i → 2i or 2i+1 mod V, each
 * with ½; R rows uniform on the simplex. All but dir have uniform π. hier and heat are closed under
 * decimation: the n-th power of the chain at ξ is the chain at ξ/n.
 *
 * <p>Source: rank-collapse specification, section 2 (the families are Fathom's; arXiv:2606.10324
 * names none in what could be read of it). Validity: ξ positive and finite; each family refuses
 * what makes no chain of it.
 */
public sealed interface ChainFamily {

  /** V. */
  int states();

  /** ξ, exactly; 0 for iid. */
  double correlationLength();

  /** The name of the specification, with the number of groups where there are some. */
  default String label() {
    return switch (this) {
      case Independent _ -> "iid";
      case Sticky _ -> "sticky";
      case Block block -> "block" + block.groups();
      case Hierarchical hierarchical -> "hier" + hierarchical.groups();
      case Heat _ -> "heat";
      case Ring _ -> "ring";
      case Cyclic _ -> "cyc";
      case DeBruijn _ -> "db";
      case Dirichlet _ -> "dir";
    };
  }

  /** P, rows of sum 1 up to rounding. */
  double[][] transition();

  /** The chain. */
  default MarkovChain chain() {
    return MarkovChain.of(transition());
  }

  /** λ = e^(-1/ξ), the second eigenvalue, exactly; 0 for iid. */
  default double secondEigenvalue() {
    return correlationLength() == 0 ? 0 : StrictMath.exp(-1 / correlationLength());
  }

  /** Independent states. */
  record Independent(int states) implements ChainFamily {
    public Independent {
      TransitionRows.requireStates(states, 1);
    }

    @Override
    public double correlationLength() {
      return 0;
    }

    @Override
    public double[][] transition() {
      return TransitionRows.filled(states, (i, j) -> 1.0 / states);
    }
  }

  /** Stays, or forgets everything. */
  record Sticky(int states, double correlationLength) implements ChainFamily {
    public Sticky {
      TransitionRows.requireChain(states, correlationLength);
    }

    @Override
    public double[][] transition() {
      double lambda = secondEigenvalue();
      return TransitionRows.filled(
          states, (i, j) -> lambda * TransitionRows.same(i, j) + (1 - lambda) / states);
    }
  }

  /** Remembers its group alone. */
  record Block(int states, int groups, double correlationLength) implements ChainFamily {
    public Block {
      TransitionRows.requireChain(states, correlationLength);
      TransitionRows.requireGroups(states, groups);
    }

    @Override
    public double[][] transition() {
      int m = states / groups;
      double lambda = secondEigenvalue();
      return TransitionRows.filled(
          states, (i, j) -> lambda * TransitionRows.same(i / m, j / m) / m + (1 - lambda) / states);
    }
  }

  /** Remembers its group for long and its place in the group for a quarter of that. */
  record Hierarchical(int states, int groups, double correlationLength) implements ChainFamily {
    public Hierarchical {
      TransitionRows.requireChain(states, correlationLength);
      TransitionRows.requireGroups(states, groups);
    }

    @Override
    public double[][] transition() {
      int m = states / groups;
      double slow = secondEigenvalue();
      double fast = StrictMath.pow(slow, 4);
      return TransitionRows.filled(
          states,
          (i, j) -> {
            double block = TransitionRows.same(i / m, j / m) / m;
            return 1.0 / states
                + slow * (block - 1.0 / states)
                + fast * (TransitionRows.same(i, j) - block);
          });
    }
  }

  /** Diffusion on a ring for a time. */
  record Heat(int states, double correlationLength) implements ChainFamily {
    public Heat {
      TransitionRows.requireChain(states, correlationLength);
    }

    @Override
    public double[][] transition() {
      double slowest = 1 - cosine(1);
      double[] kernel = new double[states];
      double sum = 0;
      for (int d = 0; d < states; d++) {
        for (int k = 0; k < states; k++) {
          double rate = (1 - cosine(k)) / slowest / correlationLength;
          kernel[d] += StrictMath.exp(-rate) * cosine((int) ((long) k * d % states)) / states;
        }
        kernel[d] = Math.max(0, kernel[d]);
        sum += kernel[d];
      }
      double total = sum;
      return TransitionRows.filled(states, (i, j) -> kernel[Math.floorMod(i - j, states)] / total);
    }

    private double cosine(int k) {
      return StrictMath.cos(2 * Math.PI * k / states);
    }
  }

  /** Steps to the neighbours on a ring, or forgets everything. */
  record Ring(int states, double correlationLength) implements ChainFamily {
    public Ring {
      TransitionRows.requireChain(states, correlationLength);
      double share = share(states, correlationLength);
      if (share > 1) {
        throw new IllegalArgumentException(
            "a ring of %d states cannot remember for ξ = %s: steps alone forget sooner; take a shorter one or more states"
                .formatted(states, correlationLength));
      }
    }

    private static double share(int states, double length) {
      return StrictMath.exp(-1 / length) / (0.75 + 0.25 * StrictMath.cos(2 * Math.PI / states));
    }

    @Override
    public double[][] transition() {
      double s = share(states, correlationLength);
      return TransitionRows.filled(
          states,
          (i, j) -> {
            double steps =
                TransitionRows.same((i + 1) % states, j) + TransitionRows.same((j + 1) % states, i);
            return s * (0.75 * TransitionRows.same(i, j) + 0.125 * steps) + (1 - s) / states;
          });
    }
  }

  /** Steps on in a circle, or forgets everything: the entropies of {@link Sticky}. */
  record Cyclic(int states, double correlationLength) implements ChainFamily {
    public Cyclic {
      TransitionRows.requireChain(states, correlationLength);
    }

    @Override
    public double[][] transition() {
      double lambda = secondEigenvalue();
      return TransitionRows.filled(
          states,
          (i, j) -> lambda * TransitionRows.same((i + 1) % states, j) + (1 - lambda) / states);
    }
  }

  /** A shift register with random digits; the number of states is a power of two. */
  record DeBruijn(int states, double correlationLength) implements ChainFamily {
    private static final double SHIFT = 0.95;

    public DeBruijn {
      TransitionRows.requireChain(states, correlationLength);
      if (Integer.bitCount(states) != 1) {
        throw new IllegalArgumentException(
            "a shift register has a power of two as its number of states, found " + states);
      }
    }

    @Override
    public double[][] transition() {
      double lambda = secondEigenvalue();
      return TransitionRows.filled(
          states,
          (i, j) -> {
            int next = 2 * i % states;
            double shifted =
                (TransitionRows.same(next, j) + TransitionRows.same((next + 1) % states, j)) / 2;
            double moves = SHIFT * shifted + (1 - SHIFT) / states;
            return lambda * TransitionRows.same(i, j) + (1 - lambda) * moves;
          });
    }
  }

  /**
   * Stays, or moves by rows drawn uniformly from the simplex; the stationary distribution is not
   * uniform.
   *
   * @param key of {@link CounterRandom}; the rows are a pure function of it
   */
  record Dirichlet(int states, double correlationLength, long key) implements ChainFamily {
    public Dirichlet {
      TransitionRows.requireChain(states, correlationLength);
      if (second(states, key, 0) >= StrictMath.exp(-1 / correlationLength)) {
        throw new IllegalArgumentException(
            "the rows of this key already remember for longer than ξ = %s; take another key or a longer one"
                .formatted(correlationLength));
      }
    }

    /** By bisection: λ_2 is a convex function of α and ends at 1, so it passes λ upwards once. */
    @Override
    public double[][] transition() {
      double low = 0;
      double high = 1;
      for (double middle = 0.5; low < middle && middle < high; middle = (low + high) / 2) {
        if (second(states, key, middle) < secondEigenvalue()) {
          low = middle;
        } else {
          high = middle;
        }
      }
      return rows(states, key, low);
    }

    private static double second(int states, long key, double stay) {
      return ChainSpectrum.of(MarkovChain.of(rows(states, key, stay))).moduli()[1];
    }

    private static double[][] rows(int states, long key, double stay) {
      double[][] rows = new double[states][states];
      for (int i = 0; i < states; i++) {
        double sum = 0;
        for (int j = 0; j < states; j++) {
          double u = CounterRandom.uniform(key, (long) i * states + j);
          rows[i][j] = -StrictMath.log1p(-u);
          sum += rows[i][j];
        }
        for (int j = 0; j < states; j++) {
          rows[i][j] = stay * TransitionRows.same(i, j) + (1 - stay) * rows[i][j] / sum;
        }
      }
      return rows;
    }
  }
}
