package io.github.fathomlab.network;

import io.github.fathomlab.kernels.Activation;

/**
 * A residual stack on embedded tokens: embedding → (h + W₂ σ(W₁ norm(h) + b₁) + b₂) x blocks → norm
 * → affine.
 *
 * <pre>
 *   h_0 = Σ_o e[o][id_o],   h_(l+1) = h_l + W₂ σ(W₁ LN(h_l) + b₁) + b₂,   logits = W LN(h_L) + b
 * </pre>
 *
 * <p>The input has one feature for each position o and symbol id, at o · symbols + id, 1 where that
 * symbol stands and 0 elsewhere: the table e of embeddings [d] is the weight matrix of an affine
 * map without a bias, whose four maps are those of any other. The states that leave the embedding
 * and the blocks are the residual stream, before any normalisation.
 *
 * <p>Source: rank-collapse specification, section 4.
 *
 * @param positions of the window
 * @param symbols that can stand at a position
 * @param width d, of the residual stream
 * @param inner width inside a block
 * @param outputs states that can be predicted
 * @param blockNorm whether blocks begin with a layer normalisation
 * @param finalNorm whether there is one before the last affine map
 * @param embedding standard deviation of an entry of h_0 at the start, for any window
 * @param initialisation of all other weights and of biases; γ = 1, β = 0
 */
public record TokenSpec(
    int positions,
    int symbols,
    int width,
    int blocks,
    int inner,
    int outputs,
    Activation activation,
    boolean blockNorm,
    boolean finalNorm,
    double embedding,
    Initialisation initialisation)
    implements NetworkSpec {

  public TokenSpec {
    if (positions < 1 || symbols < 1 || width < 1 || blocks < 1 || inner < 1 || outputs < 1) {
      throw new IllegalArgumentException(
          "a network of tokens needs positive sizes and at least one block, found positions %d, symbols %d, width %d, blocks %d, inner %d, outputs %d"
              .formatted(positions, symbols, width, blocks, inner, outputs));
    }
    if (!(embedding > 0) || !Double.isFinite(embedding)) {
      throw new IllegalArgumentException(
          "the deviation of embeddings must be positive and finite, found " + embedding);
    }
  }

  /** Embeddings are normal with deviation {@link #embedding} / √positions. */
  @Override
  public Initialisation initialisation(int layer) {
    return layer == 0
        ? new Initialisation.Scaled(embedding * StrictMath.sqrt(symbols))
        : initialisation;
  }
}
