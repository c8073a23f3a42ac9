package io.github.fathomlab.network;

import java.util.List;

/**
 * What a layer is, without its numbers.
 *
 * @param name for people
 * @param inputs rows of the state below
 * @param outputs rows of the state above: units, or channels
 * @param positions of the state above, which has positions x batch columns; 1 unless it is an image
 * @param tensors its parameters in the flat vector, in order
 */
public record LayerShape(
    String name, int inputs, int outputs, int positions, List<ParameterTensor> tensors) {

  public LayerShape {
    tensors = List.copyOf(tensors);
  }
}
