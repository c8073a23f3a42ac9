package io.github.fathomlab.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * What the products of a training step reach of the machine's peak, everything else in the step
 * being counted as lost time.
 *
 * @param work arguments of Fathom's side
 */
record PeakRow(String name, String title, List<String> work, int chunks, Bound bound)
    implements Row {

  @Override
  public void prepare(Sides sides) {
    sides.requirePeer();
  }

  @Override
  public List<Comparison> measure(Sides sides, int rounds, int chunksPercent) {
    List<String> arguments = new ArrayList<>(work);
    arguments.addAll(List.of("--chunks", String.valueOf(chunks * chunksPercent / 100)));
    List<Spread> rates = new ArrayList<>();
    List<Spread> peaks = new ArrayList<>();
    List<Spread> steps = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      peaks.add(sides.peak());
      Sides.Outcome outcome = sides.fathom(arguments);
      rates.add(outcome.measured("gflops"));
      steps.add(outcome.measured("seconds"));
    }
    return List.of(
        new Comparison(
            title,
            Unit.GFLOPS,
            Spread.over(rates, true),
            "sgemm peak",
            Spread.over(peaks, true),
            bound,
            "step " + Unit.MILLISECONDS.text(Spread.over(steps, false))));
  }
}
