package io.github.fathomlab.network;

import io.github.fathomlab.kernels.Activation;
import io.github.fathomlab.kernels.DoubleKernels;
import io.github.fathomlab.kernels.Kernels;
import io.github.fathomlab.kernels.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A random network in double precision and plain loops, with random parameters everywhere, a batch
 * and a loss.
 */
record NetworkCase(
    NetworkSpec spec,
    Loss loss,
    long seed,
    Network network,
    Trace trace,
    Matrix targets,
    Pass pass) {

  private static final List<Activation> ACTIVATIONS =
      List.of(
          new Activation.Identity(),
          new Activation.Tanh(),
          Activation.relu(),
          new Activation.LeakyRelu(0.2),
          new Activation.Gelu());

  /** All kinds of networks. */
  static List<NetworkCase> all() {
    List<NetworkCase> cases = mlps();
    cases.addAll(others(new DoubleKernels(true)));
    cases.addAll(logistic(new DoubleKernels(true)));
    cases.addAll(linear(new DoubleKernels(true)));
    cases.addAll(tokens(new DoubleKernels(true)));
    return cases;
  }

  /** Stacks on embedded tokens, with and without norms, one of each batch on weighted targets. */
  static List<NetworkCase> tokens(Kernels k) {
    List<NetworkCase> cases = new ArrayList<>();
    long seed = 40_000;
    for (Activation activation : ACTIVATIONS) {
      for (int norms = 0; norms < 4; norms++) {
        boolean blockNorm = (norms & 1) != 0;
        boolean finalNorm = (norms & 2) != 0;
        TokenSpec spec =
            new TokenSpec(
                3, 4, 5, 2, 6, 3, activation, blockNorm, finalNorm, 0.3, new Initialisation.He());
        NetworkCase c = create(spec, new Loss.CrossEntropy(), k, 4, ++seed);
        c.showTokens(new SplittableRandom(seed));
        cases.add(c);
      }
    }
    return cases;
  }

  /** One symbol at each position, and targets that are weights of any sum. */
  private void showTokens(SplittableRandom random) {
    TokenSpec tokens = (TokenSpec) spec;
    trace.input().fill(0);
    for (int j = 0; j < trace.batch(); j++) {
      for (int o = 0; o < tokens.positions(); o++) {
        trace.input().set(o * tokens.symbols() + random.nextInt(tokens.symbols()), j, 1);
      }
      for (int i = 0; i < tokens.outputs(); i++) {
        targets.set(i, j, j == 0 ? 0 : (float) random.nextDouble());
      }
    }
  }

  /**
   * Perceptrons some of whose hidden layers are linear, with every norm, with and without masks.
   */
  static List<NetworkCase> linear(Kernels k) {
    List<NetworkCase> cases = new ArrayList<>();
    long seed = 30_000;
    for (NetworkSpec.Norm norm : NetworkSpec.Norm.values()) {
      for (List<Integer> linear : List.of(List.of(2), List.of(1, 3), List.of(1, 2, 3))) {
        for (double dropout : new double[] {0, 0.3}) {
          MlpSpec mlp =
              new MlpSpec(
                  List.of(4, 6, 5, 6, 3),
                  new Activation.Tanh(),
                  linear,
                  false,
                  norm,
                  dropout,
                  true,
                  new Initialisation.Scaled(1, 0.1));
          cases.add(create(mlp, new Loss.SquaredError(), k, 6, ++seed));
        }
      }
    }
    return cases;
  }

  /** The logistic loss of one, two and three outputs behind every kind of network. */
  private static List<NetworkCase> logistic(Kernels k) {
    List<NetworkCase> cases = new ArrayList<>();
    long seed = 20_000;
    for (Activation activation : ACTIVATIONS) {
      SplittableRandom random = new SplittableRandom(++seed);
      for (NetworkSpec spec : shapes(activation, NetworkSpec.Norm.NONE, 0, random)) {
        cases.add(create(spec, new Loss.Logistic(), k, 3 + random.nextInt(4), seed));
      }
      for (int outputs = 1; outputs <= 2; outputs++) {
        MlpSpec mlp =
            new MlpSpec(
                List.of(4, 6, outputs), activation, false, false, 0, true, new Initialisation.He());
        cases.add(create(mlp, new Loss.Logistic(), k, 3 + random.nextInt(4), ++seed));
      }
    }
    return cases;
  }

  /** Layer normalisation, residual and convolutional networks, every activation with every norm. */
  static List<NetworkCase> others(Kernels k) {
    List<NetworkCase> cases = new ArrayList<>();
    long seed = 10_000;
    for (Activation activation : ACTIVATIONS) {
      for (NetworkSpec.Norm norm : NetworkSpec.Norm.values()) {
        for (int options = 0; options < 4; options++) {
          SplittableRandom random = new SplittableRandom(++seed);
          Loss loss = (options & 1) != 0 ? new Loss.SquaredError() : new Loss.CrossEntropy();
          double dropout = (options & 2) != 0 ? 0.3 : 0;
          int batch = 3 + random.nextInt(4);
          for (NetworkSpec spec : shapes(activation, norm, dropout, random)) {
            cases.add(create(spec, loss, k, batch, seed));
          }
        }
      }
    }
    return cases;
  }

  private static List<NetworkSpec> shapes(
      Activation activation, NetworkSpec.Norm norm, double dropout, SplittableRandom random) {
    Initialisation he = new Initialisation.He();
    boolean bias = random.nextBoolean();
    boolean inputNorm = random.nextBoolean();
    int width = 3 + random.nextInt(4);
    int inner = random.nextInt(2) * (2 + random.nextInt(4));
    ImageShape image =
        new ImageShape(1 + random.nextInt(2), 3 + random.nextInt(3), 3 + random.nextInt(3));
    List<ConvolutionSpec.Stage> stages =
        List.of(
            new ConvolutionSpec.Stage(3, 1 + random.nextInt(2)),
            new ConvolutionSpec.Stage(3, 1),
            new ConvolutionSpec.Stage(4, 1 + random.nextInt(2)));
    return List.of(
        new MlpSpec(List.of(4, width, 5, 3), activation, inputNorm, norm, dropout, bias, he),
        new ResidualSpec(
            5, width, 3, inner, 3, activation, norm, 0.5, inputNorm, dropout, bias, he),
        new ConvolutionSpec(
            image,
            stages,
            3,
            random.nextBoolean(),
            3,
            activation,
            norm,
            inputNorm,
            dropout,
            bias,
            he));
  }

  /** Every activation with and without every option and with both losses, in random shapes. */
  static List<NetworkCase> mlps() {
    List<NetworkCase> cases = new ArrayList<>();
    long seed = 0;
    for (Activation activation : ACTIVATIONS) {
      for (int options = 0; options < 32; options++) {
        SplittableRandom random = new SplittableRandom(++seed);
        List<Integer> widths = new ArrayList<>();
        int depth = 2 + random.nextInt(4);
        for (int i = 0; i <= depth; i++) {
          widths.add(2 + random.nextInt(8));
        }
        MlpSpec spec =
            new MlpSpec(
                widths,
                activation,
                (options & 1) != 0,
                (options & 2) != 0,
                (options & 4) != 0 ? 0.3 : 0,
                (options & 8) != 0,
                new Initialisation.He());
        Loss loss = (options & 16) != 0 ? new Loss.SquaredError() : new Loss.CrossEntropy();
        cases.add(create(spec, loss, new DoubleKernels(true), 3 + random.nextInt(6), seed));
      }
    }
    return cases;
  }

  /** A network whose biases, scales and shifts are random too, on random data. */
  static NetworkCase create(NetworkSpec spec, Loss loss, Kernels k, int batch, long seed) {
    Network network = Network.create(spec, k, seed);
    SplittableRandom random = new SplittableRandom(seed + 1000);
    for (ParameterTensor tensor : network.tensors()) {
      if (tensor.rows() == 1 && !tensor.name().startsWith("W")) {
        double centre = tensor.name().startsWith("gamma") ? 1 : 0;
        fill(tensor.of(network.parameters()), random, centre, 0.3);
      }
    }
    Trace trace = network.trace(batch);
    fill(trace.input(), random, 0.2, 1);
    int classes = trace.output().rows();
    Matrix targets = k.zeros(classes, batch);
    if (loss instanceof Loss.SquaredError) {
      fill(targets, random, 0, 1);
    } else if (loss instanceof Loss.Logistic) {
      targets.setAll(random.doubles((long) classes * batch).toArray());
    } else {
      for (int j = 0; j < batch; j++) {
        targets.set(random.nextInt(classes), j, 1);
      }
    }
    Pass pass = new Pass(true, false, true, seed);
    return new NetworkCase(spec, loss, seed, network, trace, targets, pass);
  }

  /** Normal numbers, exact in float. */
  static void fill(Matrix matrix, SplittableRandom random, double centre, double deviation) {
    for (int r = 0; r < matrix.rows(); r++) {
      for (int j = 0; j < matrix.columns(); j++) {
        matrix.set(r, j, (float) (centre + deviation * random.nextGaussian()));
      }
    }
  }

  MlpSpec mlp() {
    return (MlpSpec) spec;
  }

  Kernels kernels() {
    return network.kernels();
  }

  Matrix theta() {
    return network.parameters();
  }

  /** A forward pass and the loss; the gradient at the output is left in the trace. */
  double evaluate() {
    network.forward(trace, pass);
    return loss.evaluate(kernels(), trace.output(), targets, trace.outputGradient());
  }

  /** A random direction in parameter space; padding stays zero. */
  Matrix direction(long key) {
    Matrix direction = kernels().vector(theta().columns());
    SplittableRandom random = new SplittableRandom(key);
    for (ParameterTensor tensor : network.tensors()) {
      fill(tensor.of(direction), random, 0, 1);
    }
    return direction;
  }

  /** The entries of a flat vector that belong to a layer. */
  Matrix of(Layer layer, Matrix flat) {
    return flat.view(layer.start(), 1, layer.end() - layer.start());
  }

  /** Without kinks, and without layer norms of few units, which bend sharply where these agree. */
  boolean isSmooth() {
    boolean steep =
        switch (spec) {
          case MlpSpec mlp -> mlp.norm() == NetworkSpec.Norm.LAYER;
          case ResidualSpec residual -> residual.norm() == NetworkSpec.Norm.LAYER;
          case ConvolutionSpec convolution -> convolution.norm() == NetworkSpec.Norm.LAYER;
          case TokenSpec tokens -> tokens.blockNorm() || tokens.finalNorm();
        };
    return !steep && !(spec.activation() instanceof Activation.LeakyRelu);
  }

  @Override
  public String toString() {
    return "case " + seed + ": " + spec + ", " + loss + ", batch " + trace.batch();
  }
}
