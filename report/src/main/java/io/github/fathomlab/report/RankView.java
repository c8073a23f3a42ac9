package io.github.fathomlab.report;

import java.util.ArrayList;
import java.util.List;

/**
 * The samples that a rank was taken over.
 *
 * @param prefix of the quantity
 * @param suffix of the quantity
 * @param words what the samples are, such as "masked positions"
 */
record RankView(String prefix, String suffix, String words) {
  private static final RankView ALL = new RankView("all.", "", "all positions");
  private static final String POSITION = ".position_";

  /**
   * The view that theory and claims speak of. Masked positions look all alike to a network that
   * sees no neighbour, so that all positions take their place.
   */
  static RankView main(RankCell cell) {
    return cell.isPositionWise()
        ? ALL
        : new RankView("", "", cell.hasChain() ? "masked positions" : "training samples");
  }

  /** All views, whether they were recorded or not. */
  static List<RankView> of(RankCell cell) {
    List<RankView> views = new ArrayList<>();
    views.add(main(cell));
    if (!cell.isPositionWise()) {
      views.add(ALL);
    }
    views.add(new RankView("held_out.", "", "held-out samples"));
    views.add(new RankView("", ".pooled", "mean over positions"));
    String position = RankCell.RANK + POSITION;
    cell.group().recorded().quantities().stream()
        .filter(quantity -> quantity.startsWith(position))
        .map(quantity -> quantity.substring(position.length()))
        .forEach(p -> views.add(new RankView("", POSITION + p, "position " + p)));
    return views;
  }

  /** The name of a quantity in this view. */
  String of(String quantity) {
    return prefix + quantity + suffix;
  }
}
