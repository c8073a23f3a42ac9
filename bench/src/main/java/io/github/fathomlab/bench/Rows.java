package io.github.fathomlab.bench;

import java.util.List;

/** What is measured, in the order of the table. */
final class Rows {
  private static final List<String> ADAM =
      List.of(
          "/result/adam/plain/cpu_seconds_per_step", "/result/adam/foreach/cpu_seconds_per_step");

  private Rows() {}

  static List<Row> all() {
    return List.of(
        new PeerRow(
            "step",
            "step, batch 100, width 100",
            List.of("step"),
            60,
            List.of("step"),
            ADAM,
            Bound.atMost(0.35, 0.25)),
        new PeerRow(
            "full",
            "step, full batch (2560), width 100",
            List.of("step", "--batch", "2560"),
            60,
            List.of("step", "--batch", "2560", "--steps", "60", "--warmup", "5"),
            ADAM,
            Bound.atMost(0.70, 0.55)),
        new PeakRow(
            "wide",
            "step, batch 256, width 512: products",
            List.of("step", "--width", "512", "--batch", "256"),
            18,
            Bound.atLeast(0.70)),
        new OwnRow(
            "replicas",
            List.of("replicas"),
            12,
            List.of(
                new OwnRow.Line(
                    "10 replicas, 2 workers, wall clock",
                    Unit.STEPS_PER_SECOND,
                    "two",
                    "1 worker",
                    "one",
                    Bound.atLeast(1.8)),
                new OwnRow.Line(
                    "10 replicas, 2 workers, by CPU time (no neighbours)",
                    Unit.STEPS_PER_SECOND,
                    "twoByCpu",
                    "1 worker",
                    "oneByCpu",
                    Bound.atLeast(1.8)))),
        ledger("ledger", "batch 100, width 100", List.of("ledger")),
        ledger(
            "ledger-wide",
            "batch 256, width 512",
            List.of("ledger", "--width", "512", "--batch", "256", "--epochs", "1")),
        new OwnRow(
            "modes",
            List.of("modes", "--width", "512", "--batch", "128", "--depth", "6"),
            20,
            List.of(
                mode("zero-cost ledger", "zero", 1.05),
                mode("audit", "audit", 1.75),
                mode("secant ledger", "secant", 2.10),
                mode("audit and secant ledger", "both", 2.80))),
        new LimitRow(
            "chain",
            List.of("chain"),
            20,
            List.of(
                chain("chain of 7, second order", "one"),
                chain("48 chains of 7, second order", "many"),
                chain("chain of 7, first order", "oneMassless"),
                chain("48 chains of 7, first order", "manyMassless")),
            List.of()),
        new PeerRow(
            "separation",
            "separation, 9 layers x 2560 samples",
            List.of("separation"),
            30,
            List.of("separation"),
            List.of("/result/cpu_seconds/pinv_svd", "/result/cpu_seconds/pinv_eigen"),
            Bound.atMost(0.20)),
        new LimitRow(
            "ising",
            List.of("ising"),
            40,
            List.of(
                limit("sampling an Ising chain of 2^20 sites", "sample", 0.050),
                limit("coupling of 2^20 spins from their bonds", "bonds", 0.010),
                limit("coupling of 2^20 spins as of any sequence", "sequence", 0.010)),
            List.of("ising.py", "--sites", "1048576")),
        new LimitRow(
            "enumeration",
            List.of("enumeration"),
            20,
            List.of(
                limit("couplings of 14-32-32-1, all 2^14 blocks, float32", "float32", 0.100),
                limit("couplings of 14-32-32-1, all 2^14 blocks, float64", "float64", 0.100),
                limit("one reading of a training on such blocks, float32", "reading", 0.100)),
            List.of()),
        new OwnRow(
            "task-step",
            List.of("task-step"),
            40,
            List.of(
                taskStep("step of 8-32-1 on 256 blocks drawn afresh", "drawn"),
                taskStep("step of 8-32-1 on 256 blocks of a set of 4096", "gathered"),
                taskStep("drawing 256 Ising blocks of 8, two couplings", "ising"),
                taskStep("drawing 256 Gaussian blocks of 8, two couplings", "gaussian"),
                taskStep("drawing 256 quartic blocks of 8", "quartic"))),
        new LimitRow(
            "rank-2000x512",
            List.of("rank"),
            20,
            List.of(
                limit("ranks of 2000 x 512 features", "flat", 0.060),
                limit("ranks of 2000 x 512 features, steep over 7 decades", "steep", 0.060),
                limit("ranks of 2000 x 512 features, half of them dependent", "dependent", 0.060),
                limit("drift between layers of 2000 x 512 features", "drift", 0.030)),
            List.of("rank.py")),
        new OwnRow(
            "token-step",
            List.of("token-step"),
            40,
            List.of(
                tokenStep("float32", "contexts", "drawn"),
                tokenStep("float64", "contextsDouble", "drawnDouble"))),
        new ProcessRow("process", "whole process, 100 epochs, batch 100", 100, Bound.none()),
        new ProcessRow("process-full", "whole process, 100 epochs, full batch", 2560, Bound.none()),
        new ShippedRow("shipped", Bound.atMost(1.0 / 30)),
        new SweepRow("sweep", Bound.none()));
  }

  private static Row ledger(String name, String title, List<String> work) {
    return new OwnRow(
        name,
        work,
        24,
        List.of(
            line("ledger every step, " + title, "with"),
            line("ledger every step and sealing, " + title, "sealed")));
  }

  private static LimitRow.Line chain(String title, String measured) {
    return new LimitRow.Line(title + ", per block and step", Unit.MICROSECONDS, measured, 1e-7);
  }

  private static LimitRow.Line limit(String title, String measured, double seconds) {
    return new LimitRow.Line(title, Unit.MILLISECONDS, measured, seconds);
  }

  private static OwnRow.Line taskStep(String title, String measured) {
    return new OwnRow.Line(
        title, Unit.MICROSECONDS, measured, "step on a batch in place", "kept", Bound.none());
  }

  private static OwnRow.Line tokenStep(String precision, String contexts, String drawn) {
    return new OwnRow.Line(
        "token network of 6 blocks, step on 81 contexts, " + precision,
        Unit.MILLISECONDS,
        contexts,
        "step on 300 drawn positions",
        drawn,
        Bound.none());
  }

  private static OwnRow.Line mode(String title, String measured, double bound) {
    return new OwnRow.Line(
        title + " every step, batch 128, width 512, depth 6",
        Unit.MILLISECONDS,
        measured,
        "without",
        "without",
        Bound.atMost(bound));
  }

  private static OwnRow.Line line(String title, String measured) {
    return new OwnRow.Line(
        title, Unit.MILLISECONDS, measured, "without", "without", Bound.atMost(1.05));
  }
}
