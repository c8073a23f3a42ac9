package io.github.fathomlab.bulkboundary.field;

/**
 * Layout of the fields on a lattice: one flat vector of M blocks (W_m row-major, then b_m).
 *
 * @param sites M
 * @param width n
 */
public record FieldShape(int sites, int width) {

  public FieldShape {
    if (sites < 1 || width < 1) {
      throw new IllegalArgumentException(
          "a lattice needs at least one site and one unit, found %d sites of width %d"
              .formatted(sites, width));
    }
  }

  /** Numbers per site, n(n+1). */
  public int block() {
    return width * (width + 1);
  }

  /** Numbers of the whole field. */
  public int length() {
    return sites * block();
  }

  /** ε = 1/M. */
  public double spacing() {
    return 1.0 / sites;
  }

  /** Where W_m[i][j] lies. */
  int weight(int m, int i, int j) {
    return m * block() + i * width + j;
  }

  /** Where b_m[i] lies. */
  int bias(int m, int i) {
    return m * block() + width * width + i;
  }
}
