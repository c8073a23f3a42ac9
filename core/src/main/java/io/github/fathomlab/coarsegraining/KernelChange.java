package io.github.fathomlab.coarsegraining;

/**
 * How far the geometry of the samples moves from one layer to the next.
 *
 * <pre>
 *   cka       = &lt;K_l, K_{l+1}&gt; / (||K_l|| ||K_{l+1}||)
 *   drift     = 1 - cka
 *   frobenius = ||K_{l+1} - K_l|| / ||K_l||,  both kernels scaled to trace 1
 * </pre>
 *
 * <p>Symbols: K_l = X_l X_l^T the linear kernel (n x n) of the centred representation X_l (n x
 * d_l); norms and products are Frobenius. cka lies in [0, 1]; cka and drift are free of shift,
 * rotation and scale of either layer and compare layers of different widths.
 *
 * <p>Source: arXiv:2606.10324 names the inter-layer kernel drift; that it is 1 - CKA is read from
 * its companion (rank-collapse specification, sections 1 and 6). Linear CKA: arXiv:1905.00414.
 *
 * <p>Validity: both layers on the same samples in the same order. {@code frobenius} is good to 1e-7
 * only where the kernels agree, by cancellation.
 *
 * @see Representation#changeTo
 */
public record KernelChange(double cka, double drift, double frobenius) {

  /**
   * The change between kernels of trace 1.
   *
   * @param own ||K_l||^2
   * @param next ||K_{l+1}||^2
   * @param product &lt;K_l, K_{l+1}&gt;
   */
  static KernelChange of(double own, double next, double product) {
    double cka = Math.clamp(product / Math.sqrt(own) / Math.sqrt(next), 0, 1);
    return new KernelChange(cka, 1 - cka, Math.sqrt(Math.max(0, own + next - 2 * product) / own));
  }
}
