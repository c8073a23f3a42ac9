package io.github.fathomlab.coarsegraining;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.coarsegraining.CutAdvice.Part;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CutAdviceTest {
  private static final double[][] NOTHING = {};
  private static final double[][] UPDATES = {{0.5, 0.2, 0.3, 0.1}, {0.7, 0.2, 0.5, 0.1}};

  @Test
  void candidatesAreAtRestInEveryReplica() {
    double[][] drifts = {{0.1, 0.004, 0.006, 0.06}, {0.3, 0.004, 0.024, 0.02}};
    double[][] untrained = {{0.1, 0.1, 0.1, 0.1}, {0.1, 0.3, 0.1, 0.1}};
    CutAdvice advice = CutAdvice.of(layers("block "), drifts, untrained, UPDATES);
    List<DepthRole> roles = advice.layers().stream().map(Part::role).toList();
    assertEquals(
        List.of(DepthRole.WORKS, DepthRole.AT_REST, DepthRole.AT_REST, DepthRole.MOVES), roles);
    assertEquals(
        List.of(false, true, true, false), advice.layers().stream().map(Part::candidate).toList());
    Part third = advice.layers().get(2);
    assertEquals(new CutAdvice.Layer(4, "block 3"), third.layer());
    assertEquals(0.015, third.drift(), 1e-15);
    assertEquals(0.006, third.low());
    assertEquals(0.024, third.high());
    assertEquals(0.015 / 0.259, third.share(), 1e-12);
    assertEquals(0.1 / 0.5, third.untrained(), 1e-12);
    assertEquals(0.4, third.update(), 1e-15);
    assertEquals(
        "block 3: at a fixed point: the kernel stays as it is; check the loss without this layer (drift 0.0150, 0.00600 to 0.0240 over replicas, 5.8 % of the stream's, untrained 20.0 %, the state moves by 0.400 of its size)",
        third.sentence());
    assertEquals(
        "could be cut: block 2, block 3 (at a fixed point in all 2 replicas, together 7.3 % of the drift); but the state may move with its kernel at rest, here by up to 0.400 of its size; to check, train again with network.blocks lower by 2 and compare the loss within the spread of the seeds, or measure the loss of this network without them",
        advice.sentence());
  }

  @Test
  void restInSomeReplicasIsNoReasonToCut() {
    double[][] drifts = {{0.1, 0.004, 0.02, 0.06}, {0.3, 0.09, 0.02, 0.02}, {0.1, 1, 0.2, 0.3}};
    CutAdvice advice = CutAdvice.of(layers("block "), drifts, NOTHING, UPDATES);
    assertTrue(advice.layers().stream().noneMatch(Part::candidate));
    assertEquals(DepthRole.MOVES, advice.layers().getFirst().role());
    assertEquals(
        "no layer to cut: none is at a fixed point in every one of 3 replicas", advice.sentence());
    assertFalse(advice.layers().getFirst().sentence().contains("untrained"));
  }

  @Test
  void aPerceptronHasADepthAndNoState() {
    double none = Double.NaN;
    double[][] drifts = {{0.1, 0.001, 0.05, 0.06}};
    double[][] updates = {{none, none, none, none}};
    CutAdvice advice = CutAdvice.of(layers("hidden "), drifts, NOTHING, updates);
    assertEquals(
        "could be cut: hidden 2 (at a fixed point in the only replica, which has no spread, together 0.5 % of the drift); a kernel at rest does not mean a state at rest; to check, train again with network.depth lower by 1, or 1 entry fewer in network.widths and compare the loss within the spread of the seeds, or measure the loss of this network without them",
        advice.sentence());
    assertFalse(advice.layers().getFirst().sentence().contains("the state"));
    String other = CutAdvice.of(layers("stage "), drifts, NOTHING, updates).sentence();
    assertTrue(other.contains("train again with a network without them"), other);
  }

  @Test
  void withoutMovingKernelsThereIsNone() {
    double[][] still = {{0, 0, 0, 0}};
    for (double[][] drifts : List.of(still, NOTHING)) {
      CutAdvice advice = CutAdvice.of(layers("block "), drifts, NOTHING, drifts);
      assertTrue(advice.layers().isEmpty());
      assertTrue(advice.sentence().startsWith("no advice on layers: "), advice.sentence());
    }
    List<CutAdvice.Layer> one = layers("block ").subList(0, 1);
    assertTrue(CutAdvice.of(one, new double[][] {{1}}, NOTHING, NOTHING).layers().isEmpty());
  }

  private static List<CutAdvice.Layer> layers(String name) {
    return IntStream.rangeClosed(1, 4).mapToObj(i -> new CutAdvice.Layer(i + 1, name + i)).toList();
  }
}
