package io.github.fathomlab.network;

import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.BlockMap;
import io.github.fathomlab.network.NetworkSpec.Norm;
import java.util.ArrayList;
import java.util.List;

/** Lays out layers, parameters and statistics of a network, from the input to the output. */
final class NetworkBuilder {
  private static final Activation NONE = new Activation.Identity();

  final List<Layer> layers = new ArrayList<>();
  final List<ParameterTensor> statistics = new ArrayList<>();
  int next;
  int nextStatistic;
  private int affines;
  private int norms;
  private int masks;

  static NetworkBuilder of(NetworkSpec spec) {
    NetworkBuilder builder = new NetworkBuilder();
    switch (spec) {
      case MlpSpec mlp -> builder.mlp(mlp);
      case ResidualSpec residual -> builder.residual(residual);
      case ConvolutionSpec convolution -> builder.convolution(convolution);
      case TokenSpec tokens -> builder.tokens(tokens);
    }
    return builder;
  }

  private void mlp(MlpSpec spec) {
    if (spec.inputNorm()) {
      inputNorm(spec.widths().getFirst());
    }
    int affine = spec.widths().size() - 1;
    for (int i = 0; i < affine - 1; i++) {
      int inputs = spec.widths().get(i);
      int outputs = spec.widths().get(i + 1);
      Activation activation = spec.linear().contains(i + 1) ? NONE : spec.activation();
      Rest rest = new Rest(spec.norm(), activation, spec.dropout(), spec.bias());
      String name = "hidden " + (i + 1);
      add(name, affineThen(name, rest, dense(inputs, outputs), inputs));
    }
    output(spec.widths().get(affine - 1), spec.widths().getLast(), spec.bias());
  }

  private void residual(ResidualSpec spec) {
    if (spec.inputNorm()) {
      inputNorm(spec.inputs());
    }
    Rest plain = new Rest(Norm.NONE, NONE, 0, spec.bias());
    int width = spec.width();
    add("stem", affineThen("stem", plain, dense(spec.inputs(), width), spec.inputs()));
    for (int i = 0; i < spec.blocks(); i++) {
      String name = "block " + (i + 1);
      List<Layer> branch = new ArrayList<>();
      if (spec.inner() == 0) {
        Rest before = new Rest(spec.norm(), spec.activation(), spec.dropout(), false);
        branch.addAll(rowsAlone(name, before, width, 1));
        branch.addAll(affineThen(name, plain, dense(width, width), width));
      } else {
        Rest inside = new Rest(Norm.NONE, spec.activation(), spec.dropout(), spec.bias());
        branch.addAll(perceptron(name, spec.norm(), inside, width, spec.inner()));
      }
      add(name, List.of(new Block(name, branch, new Block.Skip(spec.scale(), null, 1))));
    }
    output(width, spec.outputs(), spec.bias());
  }

  /** norm → affine → the rest → affine, back to the same width. */
  private List<Layer> perceptron(String name, Norm norm, Rest inside, int width, int inner) {
    Rest plain = new Rest(Norm.NONE, NONE, 0, inside.bias);
    List<Layer> parts = rowsAlone(name, new Rest(norm, NONE, 0, false), width, 1);
    parts.addAll(affineThen(name, inside, dense(width, inner), width));
    parts.addAll(affineThen(name, plain, dense(inner, width), inner));
    return parts;
  }

  private void tokens(TokenSpec spec) {
    int inputs = spec.positions() * spec.symbols();
    int width = spec.width();
    Rest table = new Rest(Norm.NONE, NONE, 0, false);
    add("embedding", affineThen("embedding", table, dense(inputs, width), inputs));
    Norm norm = spec.blockNorm() ? Norm.LAYER : Norm.NONE;
    Rest inside = new Rest(Norm.NONE, spec.activation(), 0, true);
    for (int i = 0; i < spec.blocks(); i++) {
      String name = "block " + (i + 1);
      List<Layer> branch = perceptron(name, norm, inside, width, spec.inner());
      add(name, List.of(new Block(name, branch, new Block.Skip(1, null, 1))));
    }
    Rest before = new Rest(spec.finalNorm() ? Norm.LAYER : Norm.NONE, NONE, 0, false);
    List<Layer> end = rowsAlone("output", before, width, 1);
    Rest plain = new Rest(Norm.NONE, NONE, 0, true);
    end.addAll(affineThen("output", plain, dense(width, spec.outputs()), width));
    add("output", end);
  }

  private void convolution(ConvolutionSpec spec) {
    ImageShape image = spec.image();
    if (spec.inputNorm()) {
      inputNorm(image.features());
    }
    Rest full = new Rest(spec.norm(), spec.activation(), spec.dropout(), spec.bias());
    for (int i = 0; i < spec.stages().size(); i++) {
      ConvolutionSpec.Stage stage = spec.stages().get(i);
      String name = (spec.residual() && i > 0 ? "block " : "convolution ") + (i + 1);
      ImageShape after = image.after(stage.channels(), stage.stride());
      boolean flat = i == 0;
      if (spec.residual() && i > 0) {
        residualStage(name, spec, image, after, stage.stride());
      } else {
        Weights weights =
            patches(image.patches(spec.kernel(), stage.stride(), flat), stage.channels());
        add(name, affineThen(name, full, weights, flat ? image.features() : image.channels()));
      }
      image = after;
    }
    Rest plain = new Rest(Norm.NONE, NONE, 0, spec.bias());
    add(
        "output",
        affineThen("output", plain, patches(image.whole(), spec.outputs()), image.channels()));
  }

  private void residualStage(
      String name, ConvolutionSpec spec, ImageShape image, ImageShape after, int stride) {
    Rest first = new Rest(spec.norm(), spec.activation(), spec.dropout(), spec.bias());
    Rest second = new Rest(spec.norm(), NONE, 0, spec.bias());
    List<Layer> branch = new ArrayList<>();
    int channels = after.channels();
    branch.addAll(
        affineThen(
            name,
            first,
            patches(image.patches(spec.kernel(), stride, false), channels),
            image.channels()));
    branch.addAll(
        affineThen(
            name, second, patches(after.patches(spec.kernel(), 1, false), channels), channels));
    Layer shortcut = null;
    if (!after.equals(image)) {
      Weights projection = patches(image.patches(1, stride, false), channels);
      shortcut = join(name, affineThen(name, second, projection, image.channels()));
    }
    Block.Skip skip = new Block.Skip(1, shortcut, image.positions());
    List<Layer> parts = new ArrayList<>();
    parts.add(new Block(name, branch, skip));
    Rest end = new Rest(Norm.NONE, spec.activation(), spec.dropout(), false);
    parts.addAll(rowsAlone(name, end, channels, after.positions()));
    add(name, parts);
  }

  /** What follows an affine map. */
  private record Rest(Norm norm, Activation activation, double dropout, boolean bias) {}

  private void inputNorm(int width) {
    Rest rest = new Rest(Norm.BATCH, NONE, 0, false);
    add("input", rowsAlone("input", rest, width, 1));
  }

  private void output(int inputs, int outputs, boolean bias) {
    Rest plain = new Rest(Norm.NONE, NONE, 0, bias);
    add("output", affineThen("output", plain, dense(inputs, outputs), inputs));
  }

  private void add(String name, List<Layer> parts) {
    layers.add(join(name, parts));
    norms = 0;
    masks = 0;
  }

  private static Layer join(String name, List<Layer> parts) {
    return parts.size() == 1 ? parts.getFirst() : new Block(name, parts, null);
  }

  /** An affine map with its row maps; a layer normalisation in between takes three layers. */
  private List<Layer> affineThen(String name, Rest rest, Weights weights, int inputs) {
    List<ParameterTensor> tensors = new ArrayList<>();
    tensors.add(weights.tensor());
    int outputs = weights.tensor().rows();
    ParameterTensor bias = null;
    if (rest.bias) {
      bias = tensor("b_" + (affines - 1), 1, outputs);
      tensors.add(bias);
    }
    boolean byColumns = rest.norm == Norm.LAYER;
    RowMaps.Norm norm = rest.norm == Norm.BATCH ? norm(outputs, tensors) : null;
    Activation activation = byColumns ? NONE : rest.activation;
    RowMaps rows =
        new RowMaps(maskId(), outputs, activation, byColumns ? 0 : rest.dropout, bias, norm);
    List<Layer> parts = new ArrayList<>();
    parts.add(new Affine(name, inputs, weights, tensors, rows));
    if (byColumns) {
      parts.addAll(rowsAlone(name, rest, outputs, weights.positions()));
    }
    return parts;
  }

  /** Normalisation, activation and mask of a state, as few layers as possible. */
  private List<Layer> rowsAlone(String name, Rest rest, int width, int positions) {
    List<Layer> parts = new ArrayList<>();
    if (rest.norm == Norm.LAYER) {
      String suffix = normSuffix();
      ParameterTensor gamma = tensor("gamma_" + suffix, 1, width);
      parts.add(new LayerNorm(name, positions, gamma, tensor("beta_" + suffix, 1, width)));
    }
    boolean active = !(rest.activation instanceof Activation.Identity) || rest.dropout > 0;
    if (active || rest.norm == Norm.BATCH) {
      List<ParameterTensor> tensors = new ArrayList<>();
      RowMaps.Norm norm = rest.norm == Norm.BATCH ? norm(width, tensors) : null;
      RowMaps rows = new RowMaps(maskId(), width, rest.activation, rest.dropout, null, norm);
      parts.add(new RowLayer(name, positions, tensors, rows));
    }
    return parts;
  }

  private Weights dense(int inputs, int outputs) {
    return new Weights.Dense(weights(outputs, inputs));
  }

  private Weights patches(BlockMap map, int outputs) {
    return new Weights.Patches(weights(outputs, map.rows()), map);
  }

  private ParameterTensor weights(int outputs, int inputs) {
    return tensor("W_" + affines++, outputs, inputs);
  }

  private RowMaps.Norm norm(int width, List<ParameterTensor> tensors) {
    String suffix = normSuffix();
    ParameterTensor gamma = tensor("gamma_" + suffix, 1, width);
    ParameterTensor beta = tensor("beta_" + suffix, 1, width);
    tensors.add(gamma);
    tensors.add(beta);
    return new RowMaps.Norm(
        gamma, beta, statistic("mean_" + suffix, width), statistic("variance_" + suffix, width));
  }

  /** The layer's index; a second normalisation in the same layer is {@code 3_1}. */
  private String normSuffix() {
    int count = norms++;
    return count == 0 ? "" + layers.size() : layers.size() + "_" + count;
  }

  /** Masks of one layer differ; the first has the layer's own index. */
  private int maskId() {
    return layers.size() + (masks++ << 16);
  }

  private ParameterTensor tensor(String name, int rows, int columns) {
    ParameterTensor tensor = new ParameterTensor(name, layers.size(), next, rows, columns);
    next = tensor.end();
    return tensor;
  }

  private ParameterTensor statistic(String name, int width) {
    ParameterTensor tensor = new ParameterTensor(name, layers.size(), nextStatistic, 1, width);
    nextStatistic = tensor.end();
    statistics.add(tensor);
    return tensor;
  }
}
