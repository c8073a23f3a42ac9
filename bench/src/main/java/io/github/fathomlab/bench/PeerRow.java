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
      peaks.add(outcome.measured("peak"));
      rates.add(outcome.measured("gflops"));
      other.add(fastest(sides.peer(peer)));
    }
    Spread measured = Spread.over(fathom, false);
    Spread reference = Spread.over(other, false);
    String note = "";
    if (peaks.getFirst().best() > 0) {
      Spread peak = Spread.over(peaks, true);
      double products = measured.best() * Spread.over(rates, true).best() / peak.best();
      note =
          String.format(
              Locale.ROOT,
              "products alone at the peak of %.0f GFLOP/s: ratio %.2f",
              peak.best(),
              products / reference.best());
    }
    return List.of(
        new Comparison(title, Unit.MILLISECONDS, measured, "peer", reference, bound, note));
  }

  private Spread fastest(Sides.Outcome outcome) {
    Spread fastest = new Spread(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    for (String form : forms) {
      Spread spread = outcome.spread(form, "minimum");
      fastest = spread.median() < fastest.median() ? spread : fastest;
    }
    return fastest;
  }
}
