package io.github.fathomlab.bulkboundary.lagrangian;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.ode.OrdinaryDifferentialEquation;

/**
 * The same dynamics in weights and neurons, from the local Lagrangian alone: no backward pass.
 *
 * <pre>   K(q) q̈ = F(q, q̇) - γ p(q, q̇) - ṗ(q, q̇, q̈ = 0),   K = ∂²L/∂q̇∂q̇ </pre>
 *
 * <p>State: q = (W, z_1, ..., z_M) and q̇. Source: arXiv:2511.02003 for the variables; the equation
 * is Fathom's derivation (bulk-boundary specification, §2.2). Validity: one sample, fixed input, σ
 * with a continuous slope, since σ'' enters the force. Cost: O(parameters³) per evaluation; for
 * small networks.
 *
 * @param input X
 * @param target Y
 * @param gamma γ
 */
public record LocalFlow(Chain chain, double[] input, double[] target, double gamma)
    implements OrdinaryDifferentialEquation {

  public LocalFlow {
    if (!chain.smooth()) {
      throw new IllegalArgumentException(
          "the flow in weights and neurons needs an activation without kinks, found %s; use DampedFlow"
              .formatted(chain.activation()));
    }
  }

  @Override
  public int getDimension() {
    return 2 * NeuronCoordinates.count(chain);
  }

  /** The phase space point of a Lagrangian. */
  public double[] start(LocalLagrangian from) {
    int count = NeuronCoordinates.count(chain);
    double[] y = new double[2 * count];
    System.arraycopy(from.position().pack(), 0, y, 0, count);
    System.arraycopy(from.velocity().pack(), 0, y, count, count);
    return y;
  }

  /** The Lagrangian at a state. */
  public LocalLagrangian at(double[] y) {
    return new LocalLagrangian(
        chain,
        NeuronCoordinates.unpack(chain, y, 0, input),
        NeuronCoordinates.unpack(
            chain, y, NeuronCoordinates.count(chain), new double[input.length]),
        target);
  }

  @Override
  public double[] computeDerivatives(double time, double[] y) {
    int count = NeuronCoordinates.count(chain);
    double[] rate = new double[2 * count];
    System.arraycopy(y, count, rate, 0, count);
    System.arraycopy(acceleration(at(y)).pack(), 0, rate, count, count);
    return rate;
  }

  /** q̈ of the equations of motion. */
  public NeuronCoordinates acceleration(LocalLagrangian here) {
    LocalMotion unaccelerated = new LocalMotion(here, NeuronCoordinates.zero(chain), gamma);
    double[] lacking = unaccelerated.equationResidual().pack();
    double[] solution =
        new LUDecomposition(new Array2DRowRealMatrix(kineticMatrix(here), false))
            .getSolver()
            .solve(new ArrayRealVector(SmallMatrices.scaled(-1, lacking), false))
            .toArray();
    return NeuronCoordinates.unpack(chain, solution, 0, new double[input.length]);
  }

  /**
   * ∂²L/∂q̇∂q̇ in the order of {@link NeuronCoordinates#pack}: neurons couple to the nearest layers
   * only, the inverse couples all.
   */
  public static double[][] kineticMatrix(LocalLagrangian here) {
    Chain chain = here.chain();
    NeuronCoordinates zero = NeuronCoordinates.zero(chain);
    LocalLagrangian still = here.moved(0, zero, -1, here.velocity());
    double[][] columns = new double[NeuronCoordinates.count(chain)][];
    for (int j = 0; j < columns.length; j++) {
      double[] unit = new double[columns.length];
      unit[j] = 1;
      NeuronCoordinates along = NeuronCoordinates.unpack(chain, unit, 0, zero.z()[0]);
      columns[j] = still.moved(0, zero, 1, along).momenta().pack();
    }
    return columns; // symmetric
  }
}
