package io.github.fathomlab.claims.rankcollapse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.fathomlab.claims.Recorded;
import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Verdict;
import io.github.fathomlab.instrument.Verdict.Outcome;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RankCollapseClaimsTest {

  static List<Claim> chains() {
    return RankCollapseClaims.chains();
  }

  @ParameterizedTest
  @MethodSource("chains")
  void thePrototypesNumbersGiveTheDocumentedVerdict(Claim claim) {
    Recorded readings = ReferenceChains.readings();
    assertTrue(claim.appliesTo(readings), claim.id());
    Verdict verdict = claim.judge(readings);
    assertFalse(verdict.surprising(), () -> verdict.claim() + ": " + verdict.sentence());
  }

  @Test
  void identifiersAndSentencesAreTheirOwn() {
    List<Claim> all = RankCollapseClaims.all();
    assertEquals(21, all.size());
    assertEquals(all.size(), all.stream().map(Claim::id).distinct().count());
    assertEquals(all.size(), all.stream().map(Claim::statement).distinct().count());
    for (Claim claim : all) {
      assertTrue(claim.id().matches("rank-collapse/[a-z-]+"), claim.id());
      assertTrue(claim.source().contains("Fathom"), claim.id());
      assertTrue(claim.source().endsWith("not the paper's runs"), claim.id());
    }
  }

  @Test
  void noClaimSpeaksOnOtherReadings() {
    Recorded digits = new Recorded().add("rank.collapse_ratio", 0, Reading.WHOLE_NETWORK, 0, 0.5);
    for (Claim claim : RankCollapseClaims.all()) {
      assertFalse(claim.appliesTo(new Recorded()), claim.id());
      assertFalse(claim.appliesTo(digits), claim.id());
    }
  }

  @ParameterizedTest
  @MethodSource("chains")
  void withoutTrainingNothingIsDecided(Claim claim) {
    undecided(
        claim, ReferenceChains.readings().changed(reading -> reading.step() == 0 ? reading : null));
  }

  @ParameterizedTest
  @MethodSource("chains")
  void oneSeedDecidesNothing(Claim claim) {
    Recorded all = ReferenceChains.readings();
    List<Integer> firsts =
        all.of("sweep.cell").stream()
            .collect(Collectors.toMap(Reading::value, Reading::replica, Math::min, TreeMap::new))
            .values()
            .stream()
            .toList();
    undecided(claim, all.changed(r -> firsts.contains(r.replica()) ? r : null));
  }

  @ParameterizedTest
  @MethodSource("chains")
  void aLossBelowTheOptimumDecidesNothing(Claim claim) {
    Verdict verdict =
        undecided(
            claim,
            ReferenceChains.readings()
                .changed(r ->
                    r.quantity().equals("information.loss") && r.step() > 0
                        ? with(r, r.value() - 2, Status.OK)
                        : r));
    assertTrue(verdict.sentence().contains("yardstick"), verdict.sentence());
  }

  @ParameterizedTest
  @MethodSource("chains")
  void numbersWithoutAValueDecideNothing(Claim claim) {
    undecided(
        claim,
        ReferenceChains.readings()
            .changed(r ->
                r.step() > 0 && r.quantity().matches(".*(rank|drift|relevance)\\..*")
                    ? with(r, Double.NaN, Status.ZERO_VARIANCE)
                    : r));
  }

  @ParameterizedTest
  @MethodSource("chains")
  void networksThatHaveNotLearnedDecideNothing(Claim claim) {
    undecided(
        claim,
        ReferenceChains.readings()
            .changed(r ->
                r.quantity().equals("information.captured") && r.status() == Status.OK
                    ? with(r, 0.5, Status.OK)
                    : r));
  }

  @ParameterizedTest
  @ValueSource(strings = {"information.bayes_loss", "information.available", "rank.stream_last"})
  void withoutItsYardstickNothingThrows(String quantity) {
    Recorded readings =
        ReferenceChains.readings().changed(r -> r.quantity().equals(quantity) ? null : r);
    for (Claim claim : RankCollapseClaims.chains()) {
      if (claim.appliesTo(readings)) {
        claim.judge(readings);
      }
    }
  }

  @Test
  void judgingReadingsItDoesNotApplyToIsUndecided() {
    for (Claim claim : RankCollapseClaims.all()) {
      assertEquals(Outcome.UNDECIDED, claim.judge(new Recorded()).outcome(), claim.id());
    }
  }

  static Verdict undecided(Claim claim, Recorded readings) {
    assertTrue(claim.appliesTo(readings), claim.id());
    Verdict verdict = claim.judge(readings);
    assertEquals(Outcome.UNDECIDED, verdict.outcome(), claim.id() + ": " + verdict.sentence());
    return verdict;
  }

  private static Reading with(Reading reading, double value, Status status) {
    return new Reading(
        reading.quantity(),
        reading.step(),
        reading.layer(),
        reading.layerName(),
        reading.replica(),
        value,
        status,
        Double.NaN);
  }
}
