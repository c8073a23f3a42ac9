package io.github.fathomlab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * CPU time of one piece of work by Fathom and by the peer.
 *
 * @param work arguments of Fathom's side
 * @param chunks how many pieces Fathom times in a turn
 * @param peer arguments of the peer
 * @param forms places in the peer's document of the forms it comes in; the faster one counts
 */
record PeerRow(
    String name,
    String title,
    List<String> work,
    int chunks,
    List<String> peer,
    List<String> forms,
    Bound bound)
    implements Row {

  @Override
  public void prepare(Sides sides) {
    sides.requirePeer();
  }

  @Override
  public List<Comparison> measure(Sides sides, int rounds, int chunksPercent) {
    List<Spread> fathom = new ArrayList<>();
    List<Spread> other = new ArrayList<>();
    List<Spread> peaks = new ArrayList<>();
    List<Spread> rates = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      List<String> arguments = new ArrayList<>(work);
      arguments.addAll(List.of("--chunks", String.valueOf(chunks * chunksPercent / 100)));
      Sides.Outcome outcome = sides.fathom(arguments);
      fathom.add(outcome.measured("seconds"));
      other.add(sides.peer(peer).fastest(forms));
      if (work.getFirst().equals("step")) {
        rates.add(outcome.measured("gflops"));
        peaks.add(sides.peak());
      }
    }
    Spread measured = Spread.over(fathom, false);
    Spread reference = Spread.over(other, false);
    String note = rates.isEmpty() ? "" : limit(measured, reference, rates, peaks);
    return List.of(
        new Comparison(title, Unit.MILLISECONDS, measured, "peer", reference, bound, note));
  }

  /** The ratio if Fathom did nothing but its products, and those as fast as the largest. */
  private static String limit(
      Spread measured, Spread reference, List<Spread> rates, List<Spread> peaks) {
    Spread rate = Spread.over(rates, true);
    Spread peak = Spread.over(peaks, true);
    return String.format(
        Locale.ROOT,
        "products %.0f GFLOP/s; alone, at the sgemm peak of %.0f: ratio %.2f",
        rate.best(),
        peak.best(),
        measured.best() * rate.best() / peak.best() / reference.best());
  }
}
