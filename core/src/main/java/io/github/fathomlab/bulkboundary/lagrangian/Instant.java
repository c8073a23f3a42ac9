package io.github.fathomlab.bulkboundary.lagrangian;

import java.util.ArrayList;
import java.util.List;

/**
 * Energies, currents and their balance in every layer at one instant of damped gradient dynamics.
 *
 * <pre>
 *   θ̈ + γ θ̇ + ∂ℓ/∂θ = 0
 *   dT_m/dt = -2γ T_m - (J_{m+1} - J_m),   T_m = ½|Ẇ_m|² + ½|ḃ_m|²,   J_m = ⟨δ_m, ż_m⟩        (2.7)
 *   J_{m+1} - J_m = g_m·θ̇_m                                                                  (2.8)
 * </pre>
 *
 * <p>Symbols: z_m [B][n_m] neurons, δ_m = ∂ℓ/∂z_m, ż_m the tangent of z_m along (θ̇, Ẋ), g_m =
 * ∂ℓ/∂θ_m; mass 1, T and ℓ in loss units, J in loss per time; J_m &gt; 0 flows towards larger m.
 * Source: arXiv:2511.02003 for the dynamics, its Lagrangian and the existence of a continuity
 * equation; its form (2.7)-(2.9) is Fathom's derivation (bulk-boundary specification, §2.3).
 * Validity: any batch size; at kinks of σ with the same one-sided slope in δ and ż. Cost: three
 * passes.
 */
public final class Instant {
  private final ChainState state;
  private final double gamma;
  private final double[][][] neurons; // [m][a][i]
  private final double[][][] signals;
  private final double[][][] neuronRates;
  private final double[][][] deltas;
  private final List<LayerVector> gradient = new ArrayList<>();
  private double loss;
  private double targetPower;

  /** Evaluates at a point; γ is the damping per unit mass, 1/η in arXiv:2511.02003. */
  public Instant(ChainState state, double gamma) {
    this.state = state;
    this.gamma = gamma;
    int depth = state.chain().depth();
    int batch = state.data().batch();
    neurons = new double[depth + 1][batch][];
    signals = new double[depth][batch][];
    neuronRates = new double[depth + 1][batch][];
    deltas = new double[depth + 1][batch][];
    for (int a = 0; a < batch; a++) {
      forward(a);
      boundary(a);
      backward(a);
    }
    for (int m = 0; m < depth; m++) {
      gradient.add(gradientOf(m));
    }
  }

  private void forward(int a) {
    neurons[0][a] = state.data().inputs()[a];
    neuronRates[0][a] = state.data().inputRates()[a];
    for (int m = 0; m < state.chain().depth(); m++) {
      LayerVector layer = state.parameters().get(m);
      double[] z = neurons[m][a];
      signals[m][a] = state.chain().sigma(m, z);
      double[] signalRate =
          SmallMatrices.hadamard(state.chain().slope(m, z), neuronRates[m][a]); // ṡ = σ' ∘ ż
      neurons[m + 1][a] = layer.apply(signals[m][a]);
      neuronRates[m + 1][a] =
          SmallMatrices.plus(
              SmallMatrices.times(layer.w(), signalRate),
              1,
              state.velocity().get(m).apply(signals[m][a]));
    }
  }

  private void boundary(int a) {
    OutputLoss form = state.chain().loss();
    double share = 1.0 / state.data().batch();
    double[] output = neurons[state.chain().depth()][a];
    double[] target = state.data().targets()[a];
    double[] slope = form.gradient(output, target);
    loss += share * form.value(output, target);
    deltas[state.chain().depth()][a] = SmallMatrices.scaled(share, slope);
    targetPower +=
        share
            * SmallMatrices.dot(form.targetGradient(output, target), state.data().targetRates()[a]);
  }

  private void backward(int a) {
    for (int m = state.chain().depth() - 1; m >= 0; m--) {
      deltas[m][a] =
          SmallMatrices.hadamard(
              state.chain().slope(m, neurons[m][a]),
              SmallMatrices.transposeTimes(state.parameters().get(m).w(), deltas[m + 1][a]));
    }
  }

  private LayerVector gradientOf(int m) {
    int rows = state.chain().widths().get(m + 1);
    double[][] w = new double[rows][state.chain().widths().get(m)];
    double[] b = new double[rows];
    for (int a = 0; a < state.data().batch(); a++) {
      w = SmallMatrices.plusOuter(w, 1, deltas[m + 1][a], signals[m][a]);
      b = SmallMatrices.plus(b, 1, deltas[m + 1][a]);
    }
    return new LayerVector(w, b);
  }

  /** Where and how fast. */
  public ChainState state() {
    return state;
  }

  /** γ. */
  public double gamma() {
    return gamma;
  }

  /** ℓ, the mean over the batch. */
  public double loss() {
    return loss;
  }

  /** z_m of sample a, m = 0..M. */
  public double[] neurons(int m, int a) {
    return neurons[m][a].clone();
  }

  /** s_m of sample a, m = 0..M-1. */
  public double[] signals(int m, int a) {
    return signals[m][a].clone();
  }

  /** ż_m of sample a, m = 0..M. */
  public double[] neuronRates(int m, int a) {
    return neuronRates[m][a].clone();
  }

  /** δ_m of sample a, m = 0..M. */
  public double[] delta(int m, int a) {
    return deltas[m][a].clone();
  }

  /** g_m = ∂ℓ/∂θ_m. */
  public List<LayerVector> gradient() {
    return List.copyOf(gradient);
  }

  /** θ̈_m = -γ θ̇_m - g_m. */
  public LayerVector acceleration(int m) {
    return state.velocity().get(m).times(-gamma).plus(-1, gradient.get(m));
  }

  /** T_W,m = ½|Ẇ_m|². */
  public double weightKinetic(int m) {
    return state.velocity().get(m).weightEnergy();
  }

  /** T_b,m = ½|ḃ_m|². */
  public double biasKinetic(int m) {
    return state.velocity().get(m).biasEnergy();
  }

  /** T_m. */
  public double kinetic(int m) {
    return weightKinetic(m) + biasKinetic(m);
  }

  /** D_m = 2γ T_m. */
  public double dissipation(int m) {
    return 2 * gamma * kinetic(m);
  }

  /** dT_m/dt = θ̇_m·θ̈_m. */
  public double kineticRate(int m) {
    return state.velocity().get(m).dot(acceleration(m));
  }

  /** g_m·θ̇_m, the power that layer m delivers to the loss. */
  public double power(int m) {
    return gradient.get(m).dot(state.velocity().get(m));
  }

  /** The part of sample a in the power of layer m: ⟨δ_{m+1,a}, Ẇ_m s_{m,a} + ḃ_m⟩. */
  public double power(int m, int a) {
    return SmallMatrices.dot(deltas[m + 1][a], state.velocity().get(m).apply(signals[m][a]));
  }

  /** J_m through the cut below layer m, m = 0..M. */
  public double current(int m) {
    double sum = 0;
    for (int a = 0; a < state.data().batch(); a++) {
      sum += current(m, a);
    }
    return sum;
  }

  /** The part of sample a in J_m. */
  public double current(int m, int a) {
    return SmallMatrices.dot(deltas[m][a], neuronRates[m][a]);
  }

  /** The closing error of (2.7) in layer m; zero but for rounding. */
  public double residual(int m) {
    return kineticRate(m) + dissipation(m) + current(m + 1) - current(m);
  }

  /** The size of the terms whose sum the residual is: |dT_m/dt| + D_m + Σ|δż| at both cuts. */
  public double scale(int m) {
    return Math.abs(kineticRate(m)) + dissipation(m) + magnitude(m + 1) + magnitude(m);
  }

  /** E = ΣT_m + ℓ. */
  public double energy() {
    double sum = loss;
    for (int m = 0; m < state.chain().depth(); m++) {
      sum += kinetic(m);
    }
    return sum;
  }

  /** ⟨∂ℓ/∂Y, Ẏ⟩, the power of moving targets. */
  public double targetPower() {
    return targetPower;
  }

  /** dℓ/dt = J_M + ⟨∂ℓ/∂Y, Ẏ⟩ (2.9). */
  public double lossRate() {
    return current(state.chain().depth()) + targetPower;
  }

  /** dE/dt = -2γ ΣT_m + J_0 + ⟨∂ℓ/∂Y, Ẏ⟩ (2.9): what the data bring in less what is dissipated. */
  public double energyRate() {
    double rate = current(0) + targetPower;
    for (int m = 0; m < state.chain().depth(); m++) {
      rate -= dissipation(m);
    }
    return rate;
  }

  private double magnitude(int m) {
    double sum = 0;
    for (int a = 0; a < state.data().batch(); a++) {
      for (int i = 0; i < deltas[m][a].length; i++) {
        sum += Math.abs(deltas[m][a][i] * neuronRates[m][a][i]);
      }
    }
    return sum;
  }
}
