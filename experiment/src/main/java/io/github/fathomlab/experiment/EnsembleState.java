package io.github.fathomlab.experiment;

import io.github.fathomlab.kernels.Matrix;
import io.github.fathomlab.kernels.Precision;
import io.github.fathomlab.network.Network;
import io.github.fathomlab.network.ParameterTensor;
import io.github.fathomlab.record.RecordException;
import io.github.fathomlab.record.Safetensors;
import io.github.fathomlab.record.Tensor;
import io.github.fathomlab.training.Divergence;
import io.github.fathomlab.training.Ensemble;
import io.github.fathomlab.training.Replica;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything an ensemble needs to go on where it stopped, as named tensors: parameters and running
 * statistics by their names, the optimizer's vectors flat, what watchers remember, and where each
 * replica stands.
 *
 * <p>Randomness needs no state: it follows from seed and step.
 */
final class EnsembleState {
  private EnsembleState() {}

  /** Names are {@code replica_R.NAME}. */
  static Map<String, Tensor> tensors(Ensemble ensemble) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Replica replica : ensemble.replicas()) {
      String prefix = prefix(replica);
      Network network = replica.network();
      for (ParameterTensor tensor : network.tensors()) {
        tensors.put(prefix + tensor.name(), toTensor(network, tensor.of(network.parameters())));
      }
      for (ParameterTensor tensor : network.statisticTensors()) {
        tensors.put(prefix + tensor.name(), toTensor(network, tensor.of(network.statistics())));
      }
      tensors.put(prefix + "optimizer.first", toTensor(network, replica.optimizer().first()));
      Matrix second = replica.optimizer().second();
      if (second != null) {
        tensors.put(prefix + "optimizer.second", toTensor(network, second));
      }
      for (int i = 0; i < replica.watchers().size(); i++) {
        double[] memory = replica.watchers().get(i).memory();
        tensors.put(prefix + "watcher." + i, new Tensor.Doubles(new int[] {memory.length}, memory));
      }
      tensors.put(prefix + "progress", progress(replica));
    }
    return tensors;
  }

  /** Step; then 1, layer for a replica that diverged, or 0, 0. */
  private static Tensor progress(Replica replica) {
    Divergence divergence = replica.divergence();
    long[] values =
        divergence == null
            ? new long[] {replica.step(), 0, 0}
            : new long[] {replica.step(), 1, divergence.layer()};
    return new Tensor.Longs(new int[] {3}, values);
  }

  /** Puts an ensemble of the same experiment where the tensors were taken. */
  static void restore(Ensemble ensemble, Safetensors content) {
    for (Replica replica : ensemble.replicas()) {
      String prefix = prefix(replica);
      Network network = replica.network();
      for (ParameterTensor tensor : network.tensors()) {
        fill(tensor.of(network.parameters()), content, prefix + tensor.name());
      }
      for (ParameterTensor tensor : network.statisticTensors()) {
        fill(tensor.of(network.statistics()), content, prefix + tensor.name());
      }
      fill(replica.optimizer().first(), content, prefix + "optimizer.first");
      Matrix second = replica.optimizer().second();
      if (second != null) {
        fill(second, content, prefix + "optimizer.second");
      }
      for (int i = 0; i < replica.watchers().size(); i++) {
        replica.watchers().get(i).restore(numbers(content, prefix + "watcher." + i));
      }
      double[] progress = numbers(content, prefix + "progress");
      replica.restore((long) progress[0], divergence(replica, progress));
    }
  }

  private static @Nullable Divergence divergence(Replica replica, double[] progress) {
    if (progress[1] == 0) {
      return null;
    }
    int layer = (int) progress[2];
    String name = layer < 0 ? "" : replica.network().layers().get(layer).name();
    return new Divergence(replica.index(), (long) progress[0], layer, name);
  }

  private static String prefix(Replica replica) {
    return "replica_" + replica.index() + ".";
  }

  private static Tensor toTensor(Network network, Matrix matrix) {
    double[] values = matrix.toArray();
    int[] shape =
        matrix.rows() == 1
            ? new int[] {matrix.columns()}
            : new int[] {matrix.rows(), matrix.columns()};
    if (network.kernels().precision() == Precision.FLOAT64) {
      return new Tensor.Doubles(shape, values);
    }
    float[] narrow = new float[values.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) values[i];
    }
    return new Tensor.Floats(shape, narrow);
  }

  private static void fill(Matrix target, Safetensors content, String name) {
    target.setAll(numbers(content, name));
  }

  /** A tensor's numbers in double. */
  static double[] numbers(Safetensors content, String name) {
    Tensor tensor = content.tensors().get(name);
    double[] values = new double[tensor == null ? 0 : tensor.size()];
    switch (tensor) {
      case Tensor.Doubles doubles ->
          System.arraycopy(doubles.values(), 0, values, 0, values.length);
      case Tensor.Floats floats -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = floats.values()[i];
        }
      }
      case Tensor.Longs longs -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = longs.values()[i];
        }
      }
      case null ->
          throw new RecordException(
              "the checkpoint has no tensor " + name + "; it belongs to another experiment");
    }
    return values;
  }
}
