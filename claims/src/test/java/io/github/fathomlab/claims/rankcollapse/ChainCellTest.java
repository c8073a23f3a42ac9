package io.github.fathomlab.claims.rankcollapse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.claims.Recorded;
import io.github.fathomlab.claims.rankcollapse.ChainCell.View;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChainCellTest {
  private final SyntheticChains sweep = new SyntheticChains();

  private ChainCell only() {
    return ChainCells.of(sweep.recorded).getFirst();
  }

  @Test
  void chainsNameCellsUnlessTheyNameSeveral() {
    sweep
        .chain("iid", 0)
        .named("nothing")
        .add()
        .chain("hier2", 1)
        .named("trained")
        .add()
        .chain("hier2", 1)
        .named("shuffled")
        .shuffled()
        .add()
        .chain("heat", 3.5)
        .add();
    assertEquals(
        List.of("iid", "trained", "shuffled", "heat, xi = 3.5"),
        ChainCells.of(sweep.recorded).stream().map(ChainCell::label).toList());
  }

  @Test
  void aRunIsOneCell() {
    sweep.chain("hier2", 1).add();
    Recorded run = sweep.recorded.changed(r -> r.quantity().equals("sweep.cell") ? null : r);
    assertEquals("hier2, xi = 1", ChainCells.of(run).getFirst().label());
    assertEquals(6, ChainCells.of(run).getFirst().seeds());
  }

  @Test
  void theStreamIsReadFromItsFirstLayerToItsLast() {
    sweep.chain("hier2", 1).rho(_ -> 0.4).add();
    double[][] ranks = only().ranks(View.MASKED);
    assertEquals(7, ranks.length);
    assertEquals(14, ranks[0][0], 1e-12);
    assertEquals(0.4 * 14, ranks[6][5], 1e-12);
    assertEquals(250, only().growth(ChainCell.OTHER)[0], 1e-9);
    assertEquals(400 / 0.6, only().growth(ChainCell.RELEVANT)[5], 1e-9);
    assertEquals(7, only().untrainedGrowth(ChainCell.OTHER)[0], 1e-9);
    assertEquals(0.4, only().otherShare(false)[0], 1e-12);
    assertEquals(0.2, only().otherShare(true)[0], 1e-12);
    assertArrayEquals(new double[] {.4, .4, .4, .4, .4, .4}, only().plateauUpdates(0.1), 1e-12);
  }

  @Test
  void aRankThatCreepsUpRises() {
    sweep.chain("hier2", 1).rho(s -> s < 4 ? 1.06 : 1.015).add();
    assertEquals(2, only().monotone(View.MASKED, 0.02));
  }

  @Test
  void seedsWithoutPlateauHaveNoUpdate() {
    sweep.chain("hier2", 1).withoutPlateau().add();
    assertEquals(0, only().plateauUpdates(0.1).length);
    assertEquals(6, only().plateauUpdates(0.6).length);
    assertEquals(0, only().withPlateau(0.1));
  }

  @Test
  void onlyTargetsThatAreAllShuffledNeedNotBeLearned() {
    sweep.chain("hier2", 1).shuffled(0.5).captured(0.5).add().chain("hier2", 7).shuffled().add();
    assertEquals(
        List.of(Word.NOT_CONVERGED, Word.MEASURED),
        ChainCells.of(sweep.recorded).stream().map(Gate::of).toList());
  }

  @Test
  void aMissingLayerIsMissing() {
    sweep.chain("hier2", 1).add();
    Recorded holed = sweep.recorded.changed(r -> r.layer() == 3 && r.replica() == 2 ? null : r);
    ChainCell cell = ChainCells.of(holed).getFirst();
    assertTrue(Double.isNaN(cell.monotone(View.MASKED, 0.02)));
    assertTrue(Double.isNaN(SeedMean.of(cell.plateauUpdates(0.1)).mean()));
    assertEquals(6, cell.plateauUpdates(0.1).length);
    assertTrue(Double.isNaN(cell.withPlateau(0.1)));
  }

  @Test
  void meansAreThoseOfAllSeedsOrNone() {
    SeedMean mean = SeedMean.of(new double[] {1, 2, 3, 6});
    assertEquals(3, mean.mean());
    assertEquals(Math.sqrt(14.0 / 3), mean.sd(), 1e-15);
    assertEquals(mean.sd() / 2, mean.error(), 1e-15);
    assertEquals("3.00 ± 2.16", mean.toString());
    assertTrue(Double.isNaN(SeedMean.of(new double[] {1, Double.NaN}).mean()));
    assertTrue(Double.isNaN(SeedMean.of(new double[] {1}).sd()));
    assertEquals(0, SeedMean.ofDifferences(new double[2], new double[3]).seeds());
  }
}
