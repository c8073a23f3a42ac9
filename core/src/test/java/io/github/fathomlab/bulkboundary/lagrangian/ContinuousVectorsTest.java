package io.github.fathomlab.bulkboundary.lagrangian;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.fathomlab.kernels.Activation;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The reference numbers of continuous time, to 1e-13 max(1, |value|). */
class ContinuousVectorsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DEPTH = 3;
  private static JsonNode vectors = JSON.createObjectNode();

  @BeforeAll
  static void read() throws Exception {
    try (InputStream in =
        ContinuousVectorsTest.class.getResourceAsStream("/vectors/bulk-boundary.json")) {
      vectors = JSON.readTree(in);
    }
  }

  @Test
  void oneSample() {
    JsonNode want = vectors.get("continuous_single_sample");
    Instant instant = instant(1, false);
    compareInstant(want, instant);
    LocalMotion motion = LocalMotion.onShell(instant, 0);
    LocalLagrangian local = motion.lagrangian();
    compare(want.get("beta_from_Wz"), local::biasRate);
    compare(want.get("P_W"), m -> local.momenta().w()[m]);
    compare(want.get("F_W"), m -> local.forces().w()[m]);
    compare(want.get("p_z (m=1..M)"), m -> local.momenta().z()[m + 1]);
    compare(want.get("F_z (m=1..M)"), m -> local.forces().z()[m + 1]);
    compareNumbers(want.get("kappa"), motion::improvement);
    compareNumbers(want.get("dkappa_dt"), motion::improvementRate);
    compareNumbers(want.get("h_canonical"), motion::canonicalEnergy);
    compare(want.get("zddot"), m -> motion.acceleration().z()[m]);
    compareNumbers(want.get("J"), motion::current);
    compareNumbers(want.get("J_canonical"), motion::canonicalCurrent);
    compareNumbers(want.get("canonical_residual"), motion::canonicalResidual);
    close(want.get("L"), local.value(), "L");
    compareSplit(want.get("split_termwise"), local.termwise());
    compareSplit(want.get("split_sitewise"), local.sitewise());
  }

  @Test
  void twoSamples() {
    compareInstant(vectors.get("continuous_batch2"), instant(2, false));
  }

  @Test
  void movingData() {
    JsonNode want = vectors.get("time_dependent_data");
    Instant instant = instant(2, true);
    compare(
        want.get("zdot"),
        m -> new double[][] {instant.neuronRates(m, 0), instant.neuronRates(m, 1)});
    compareNumbers(want.get("J"), instant::current);
    close(want.get("label_power"), instant.targetPower(), "label power");
    close(want.get("dloss_dt"), instant.lossRate(), "dl/dt");
    close(want.get("dEdt"), instant.energyRate(), "dE/dt");
  }

  private static void compareInstant(JsonNode want, Instant instant) {
    int batch = instant.state().data().batch();
    close(want.get("loss"), instant.loss(), "loss");
    compare(want.get("z"), m -> samples(batch, a -> instant.neurons(m, a)));
    compare(want.get("s"), m -> samples(batch, a -> instant.signals(m, a)));
    compare(want.get("delta"), m -> samples(batch, a -> instant.delta(m, a)));
    compare(want.get("zdot"), m -> samples(batch, a -> instant.neuronRates(m, a)));
    compareLayers(want.get("grad"), instant.gradient()::get);
    compareLayers(want.get("accel"), instant::acceleration);
    compareNumbers(want.get("T_W"), instant::weightKinetic);
    compareNumbers(want.get("T_b"), instant::biasKinetic);
    compareNumbers(want.get("T"), instant::kinetic);
    compareNumbers(want.get("D_2gammaT"), instant::dissipation);
    compareNumbers(want.get("J"), instant::current);
    for (int a = 0; a < batch; a++) {
      int sample = a;
      for (int m = 0; m <= DEPTH; m++) {
        close(want.get("J_per_sample").get(m).get(a), instant.current(m, sample), "J " + a);
      }
    }
    compareNumbers(want.get("dTdt"), instant::kineticRate);
    compareNumbers(want.get("P_gdotv"), instant::power);
    compareNumbers(want.get("residual"), instant::residual);
    close(want.get("E"), instant.energy(), "E");
    close(want.get("dEdt"), instant.energyRate(), "dE/dt");
  }

  private static Instant instant(int batch, boolean moving) {
    Chain chain =
        new Chain(List.of(2, 3, 3, 2), new Activation.Tanh(), true, OutputLoss.SQUARED_ERROR);
    double[][] x = rows(vectors.get("X"), batch);
    double[][] y = rows(vectors.get("Y"), batch);
    JsonNode rates = vectors.get("time_dependent_data");
    ChainData data =
        moving
            ? new ChainData(x, y, rows(rates.get("Xdot"), batch), rows(rates.get("Ydot"), batch))
            : ChainData.fixed(x, y);
    return new Instant(
        new ChainState(chain, layers(vectors.get("params")), layers(vectors.get("velocity")), data),
        vectors.get("gamma").asDouble());
  }

  private static List<LayerVector> layers(JsonNode node) {
    List<LayerVector> layers = new ArrayList<>();
    for (JsonNode layer : node) {
      layers.add(
          new LayerVector(
              rows(layer.get("W"), layer.get("W").size()),
              JSON.convertValue(layer.get("b"), double[].class)));
    }
    return layers;
  }

  private static double[][] rows(JsonNode node, int count) {
    double[][] rows = new double[count][];
    for (int i = 0; i < count; i++) {
      rows[i] = JSON.convertValue(node.get(i), double[].class);
    }
    return rows;
  }

  private static double[][] samples(int batch, IntFunction<double[]> of) {
    double[][] samples = new double[batch][];
    for (int a = 0; a < batch; a++) {
      samples[a] = of.apply(a);
    }
    return samples;
  }

  private static void compareLayers(JsonNode want, IntFunction<LayerVector> found) {
    for (int m = 0; m < DEPTH; m++) {
      LayerVector layer = found.apply(m);
      same(want.get(m).get("W"), JSON.valueToTree(layer.w()), "W of layer " + m);
      same(want.get(m).get("b"), JSON.valueToTree(layer.b()), "b of layer " + m);
    }
  }

  private static void compare(JsonNode want, IntFunction<?> found) {
    for (int m = 0; m < want.size(); m++) {
      same(want.get(m), JSON.valueToTree(found.apply(m)), "at " + m);
    }
  }

  private static void compareNumbers(JsonNode want, IntToDoubleFunction found) {
    for (int m = 0; m < want.size(); m++) {
      close(want.get(m), found.applyAsDouble(m), "at " + m);
    }
  }

  private static void compareSplit(JsonNode want, LagrangianSplit split) {
    close(want.get("L_bulk"), split.bulk(), "bulk");
    close(want.get("L_boundary"), split.boundary(), "boundary");
  }

  private static void same(JsonNode want, JsonNode found, String where) {
    if (!want.isArray()) {
      close(want, found.asDouble(), where);
      return;
    }
    // One sample's vectors are stored as a batch of one.
    JsonNode flat =
        want.size() == 1 && !found.get(0).isArray() && want.get(0).isArray() ? want.get(0) : want;
    assertEquals(flat.size(), found.size(), where);
    for (int i = 0; i < flat.size(); i++) {
      same(flat.get(i), found.get(i), where + ", " + i);
    }
  }

  private static void close(JsonNode want, double found, String where) {
    double value = want.asDouble();
    assertEquals(value, found, 1e-13 * Math.max(1, Math.abs(value)), where);
  }
}
