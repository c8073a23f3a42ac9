package io.github.fathomlab.network;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The exact split of a finite change of the loss over parameter tensors: Δℓ = Σ 𝒫.
 *
 * <p>The split of a finite step is a convention (the secant one); only its sum is unique.
 */
public final class SecantWork {
  private final Map<ParameterTensor, Double> work = new LinkedHashMap<>();
  private final double[] current;

  SecantWork(int layers) {
    current = new double[layers + 1];
  }

  void add(ParameterTensor tensor, double value) {
    work.merge(tensor, value, Double::sum);
  }

  void setCurrent(int cut, double value) {
    current[cut] = value;
  }

  /** 𝒫 of one tensor. */
  public double of(ParameterTensor tensor) {
    return work.getOrDefault(tensor, 0.0);
  }

  /** 𝒫 summed over all tensors of one layer. */
  public double ofLayer(int layer) {
    return sum(layer, _ -> true);
  }

  /** 𝒫 of the shifts of one layer: biases b and β. */
  public double ofShifts(int layer) {
    return sum(layer, tensor -> tensor.name().startsWith("b"));
  }

  /** 𝒫 of the factors of one layer: weights W and γ. */
  public double ofFactors(int layer) {
    return sum(layer, tensor -> !tensor.name().startsWith("b"));
  }

  private double sum(int layer, Predicate<ParameterTensor> wanted) {
    double sum = 0;
    for (Map.Entry<ParameterTensor, Double> entry : work.entrySet()) {
      if (entry.getKey().layer() == layer && wanted.test(entry.getKey())) {
        sum += entry.getValue();
      }
    }
    return sum;
  }

  /** 𝒥 at cut m: below layer m; 𝒥_{m+1} - 𝒥_m = 𝒫_m and 𝒥_M = Δℓ. */
  public double current(int cut) {
    return current[cut];
  }
}
