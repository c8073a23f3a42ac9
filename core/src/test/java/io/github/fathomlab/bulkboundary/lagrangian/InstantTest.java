package io.github.fathomlab.bulkboundary.lagrangian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.kernels.Activation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class InstantTest {
  private static final String ALL = "io.github.fathomlab.bulkboundary.lagrangian.Cases#all";

  @ParameterizedTest
  @MethodSource(ALL)
  void everyLayerBalances(ChainState state) {
    Instant instant = new Instant(state, Cases.GAMMA);
    for (int m = 0; m < state.chain().depth(); m++) {
      assertEquals(0, instant.residual(m), 2e-15 * instant.scale(m), "layer " + m);
      double drop = instant.current(m + 1) - instant.current(m);
      assertEquals(instant.power(m), drop, 2e-15 * instant.scale(m), "(2.8) in layer " + m);
      assertTrue(instant.dissipation(m) >= 0);
    }
    assertEquals(0, instant.current(0), "a fixed input brings nothing");
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void theCurrentIsTheRateOfTheLossWhenOnlyTheLayersBelowMove(ChainState state) {
    Instant instant = new Instant(state, Cases.GAMMA);
    for (int m = 0; m <= state.chain().depth(); m++) {
      int cut = m;
      double rate =
          Cases.derivative(t -> new Instant(Cases.moved(state, t, cut), Cases.GAMMA).loss(), 1e-4);
      assertEquals(rate, instant.current(m), 1e-9 * (1 + Math.abs(rate)), "cut " + m);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void everySampleTelescopesByItself(ChainState state) {
    Instant instant = new Instant(state, Cases.GAMMA);
    for (int m = 0; m < state.chain().depth(); m++) {
      for (int a = 0; a < state.data().batch(); a++) {
        double drop = instant.current(m + 1, a) - instant.current(m, a);
        assertEquals(instant.power(m, a), drop, 1e-14 * (1 + instant.scale(m)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = OutputLoss.class,
      names = {"SQUARED_ERROR", "CROSS_ENTROPY"})
  void movingDataChangeTheLossAtTheStatedRate(OutputLoss loss) {
    Chain chain = new Chain(List.of(3, 4, 2), new Activation.Tanh(), true, loss);
    ChainState rest = ChainState.random(chain, 3, 5);
    ChainState other = ChainState.random(chain, 3, 6);
    ChainData data = rest.data();
    ChainState moving =
        rest.withData(
            new ChainData(
                data.inputs(), data.targets(), other.data().inputs(), other.data().targets()));
    Instant instant = new Instant(moving, Cases.GAMMA);
    double rate = Cases.derivative(t -> new Instant(later(moving, t), 1).loss(), 1e-4);
    assertEquals(rate, instant.lossRate(), 1e-10 * (1 + Math.abs(rate)));
    double stored = instant.lossRate();
    for (int m = 0; m < chain.depth(); m++) {
      stored += instant.kineticRate(m);
    }
    assertEquals(stored, instant.energyRate(), 1e-13);
    assertNotEquals(0, instant.current(0));
  }

  private static ChainState later(ChainState state, double time) {
    ChainState moved = Cases.moved(state, time, state.chain().depth());
    double[][] targets = state.data().targets().clone();
    for (int a = 0; a < targets.length; a++) {
      targets[a] = SmallMatrices.plus(targets[a], time, state.data().targetRates()[a]);
    }
    ChainData data = moved.data();
    return moved.withData(
        new ChainData(data.inputs(), targets, data.inputRates(), data.targetRates()));
  }

  @Test
  void atASwitchOfTheSamplesOnlyTheLossPartOfTheEnergyJumps() {
    Chain chain = Cases.chain(new Activation.Tanh(), 3, 4, 2);
    ChainState state = ChainState.random(chain, 2, 1);
    Instant before = new Instant(state, Cases.GAMMA);
    Instant after = new Instant(state.withData(ChainState.random(chain, 3, 2).data()), Cases.GAMMA);
    for (int m = 0; m < chain.depth(); m++) {
      assertEquals(before.kinetic(m), after.kinetic(m));
    }
    assertNotEquals(before.current(chain.depth()), after.current(chain.depth()));
    assertEquals(
        after.loss() - before.loss(), after.energy() - before.energy(), 1e-14, "injection");
  }

  @Test
  void theOrderOfTheSamplesDoesNotMatter() {
    ChainState state = ChainState.random(Cases.chain(new Activation.Gelu(), 3, 4, 2), 4, 8);
    ChainData data = state.data();
    ChainState turned =
        state.withData(ChainData.fixed(reversed(data.inputs()), reversed(data.targets())));
    sameBooks(new Instant(state, Cases.GAMMA), new Instant(turned, Cases.GAMMA));
  }

  @Test
  void theOrderOfTheNeuronsDoesNotMatter() {
    ChainState state = ChainState.random(Cases.chain(new Activation.Tanh(), 3, 4, 4, 2), 2, 8);
    ChainState turned =
        new ChainState(
            state.chain(),
            hiddenReversed(state.parameters()),
            hiddenReversed(state.velocity()),
            state.data());
    sameBooks(new Instant(state, Cases.GAMMA), new Instant(turned, Cases.GAMMA));
  }

  @Test
  void rescalingOfReluLayersKeepsTheCurrentButNotTheDissipation() {
    ChainState state = ChainState.random(Cases.chain(Activation.relu(), 3, 4, 4, 2), 2, 8);
    ChainState scaled =
        new ChainState(
            state.chain(), rescaled(state.parameters()), rescaled(state.velocity()), state.data());
    Instant one = new Instant(state, Cases.GAMMA);
    Instant two = new Instant(scaled, Cases.GAMMA);
    for (int m = 0; m <= 3; m++) {
      assertEquals(one.current(m), two.current(m), 1e-14, "cut " + m);
    }
    assertNotEquals(one.dissipation(0), two.dissipation(0), 1e-3);
  }

  private static List<LayerVector> rescaled(List<LayerVector> layers) {
    List<LayerVector> scaled = new ArrayList<>(layers);
    scaled.set(0, layers.getFirst().times(2));
    LayerVector second = layers.get(1);
    scaled.set(1, new LayerVector(SmallMatrices.scaled(0.5, second.w()), second.b()));
    return scaled;
  }

  private static List<LayerVector> hiddenReversed(List<LayerVector> layers) {
    LayerVector first = layers.getFirst();
    LayerVector second = layers.get(1);
    List<LayerVector> turned = new ArrayList<>(layers);
    double[][] biases = reversed(new double[][] {first.b()});
    turned.set(0, new LayerVector(reversed(first.w()), mirrored(biases[0])));
    double[][] columns = second.w().clone();
    for (int i = 0; i < columns.length; i++) {
      columns[i] = mirrored(columns[i]);
    }
    turned.set(1, new LayerVector(columns, second.b()));
    return turned;
  }

  private static double[] mirrored(double[] x) {
    double[] turned = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      turned[i] = x[x.length - 1 - i];
    }
    return turned;
  }

  private static double[][] reversed(double[][] rows) {
    List<double[]> list = new ArrayList<>(List.of(rows));
    Collections.reverse(list);
    return list.toArray(double[][]::new);
  }

  private static void sameBooks(Instant one, Instant two) {
    for (int m = 0; m < one.gradient().size(); m++) {
      assertEquals(one.kinetic(m), two.kinetic(m), 1e-14);
      assertEquals(one.kineticRate(m), two.kineticRate(m), 1e-14);
      assertEquals(one.current(m + 1), two.current(m + 1), 1e-14);
    }
    assertEquals(one.energy(), two.energy(), 1e-14);
  }

  @Test
  void withoutVelocityNothingFlows() {
    ChainState state = ChainState.random(Cases.chain(new Activation.Tanh(), 1, 1), 1, 4);
    ChainState still = state.withVelocity(List.of(state.velocity().getFirst().times(0)));
    Instant instant = new Instant(still, Cases.GAMMA);
    assertEquals(0, instant.kinetic(0));
    assertEquals(0, instant.current(1));
    assertEquals(0, instant.residual(0));
    assertEquals(0, instant.scale(0));
    assertEquals(instant.loss(), instant.energy());
  }

  @Test
  void aDescendingLayerIsFedFromTheOutput() {
    ChainState state =
        ChainState.random(Cases.chain(new Activation.Tanh(), 3, 4, 4, 2), 3, 4).descending(0.1);
    Instant instant = new Instant(state, 10);
    for (int m = 0; m < 3; m++) {
      assertTrue(instant.current(m + 1) < instant.current(m), "cut " + m);
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    Chain chain = Cases.chain(new Activation.Tanh(), 2, 3, 1);
    ChainState state = ChainState.random(chain, 1, 1);
    assertThrows(IllegalArgumentException.class, () -> Cases.chain(new Activation.Tanh(), 2));
    assertThrows(IllegalArgumentException.class, () -> Cases.chain(new Activation.Tanh(), 2, 0));
    assertThrows(
        IllegalArgumentException.class, () -> state.withVelocity(state.velocity().subList(0, 1)));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> state.withData(ChainData.fixed(new double[1][3], new double[1][1])))
            .getMessage();
    assertEquals("sample 0 must have 2 inputs and 1 targets, found 3 and 1", message);
    assertThrows(
        IllegalArgumentException.class, () -> ChainData.fixed(new double[0][3], new double[0][1]));
    assertThrows(
        IllegalArgumentException.class,
        () -> new LayerVector(new double[][] {{1}, {1, 2}}, new double[2]));
  }
}
