package io.github.fathomlab.network;

import java.util.List;

/**
 * What a layer is, without its numbers.
 *
 * @param name for people
 * @param inputs width of the state below
 * @param outputs width of the state above
 * @param tensors its parameters in the flat vector, in order
 */
public record LayerShape(String name, int inputs, int outputs, List<ParameterTensor> tensors) {

  public LayerShape {
    tensors = List.copyOf(tensors);
  }
}
