package io.github.fathomlab.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a report says about a run besides its readings and verdicts.
 *
 * @param name name of the run directory
 * @param title what the experiment is about, for the headline
 * @param resolvedYaml the resolved experiment, as text
 * @param provenance where the numbers come from (version, JVM, CPU, seeds, data hashes), in the
 *     order to show
 * @param cost what the run took, by what, in the order to show; empty when it has not ended
 * @param bibtex the works to cite
 * @param layerNames name of layer m at index m; may be shorter than the network
 * @param parameterCounts number of parameters of layer m at index m; empty when unknown
 * @param memoryless whether the optimizer keeps nothing of the last step (plain SGD), so that all
 *     energy a step takes is dissipated in that step
 * @param auditTolerance residual below which the ledger counts as balanced: 1e-13 for float64, 1e-6
 *     for float32
 * @param closingTolerance closing error of the whole run, relative to its first energy, below which
 *     the balance counts as closed: 1e-12 for float64, 1e-5 for float32
 * @param diverged where the run stopped being finite, or null when it did not
 * @param advice what to do next, one sentence each; empty when there is none to give
 * @param companion a simulated chain to draw beside the measured loads, or null
 */
public record ReportInput(
    String name,
    String title,
    String resolvedYaml,
    SequencedMap<String, String> provenance,
    SequencedMap<String, String> cost,
    String bibtex,
    List<String> layerNames,
    List<Long> parameterCounts,
    boolean memoryless,
    double auditTolerance,
    double closingTolerance,
    @Nullable Diverged diverged,
    List<String> advice,
    @Nullable ChainCompanion companion) {

  public ReportInput {
    provenance = copy(provenance);
    cost = copy(cost);
    layerNames = List.copyOf(layerNames);
    parameterCounts = List.copyOf(parameterCounts);
    advice = List.copyOf(advice);
    requirePositive("audit", auditTolerance);
    requirePositive("closing", closingTolerance);
  }

  private static void requirePositive(String name, double tolerance) {
    if (!(tolerance > 0)) {
      throw new IllegalArgumentException(
          "the " + name + " tolerance must be positive, found " + tolerance);
    }
  }

  private static SequencedMap<String, String> copy(Map<String, String> map) {
    return new LinkedHashMap<>(map);
  }

  /**
   * Where numbers stopped being finite.
   *
   * @param step optimizer steps done
   * @param layer depth index m, or -1 when no single layer can be named
   * @param layerName name of the layer, may be empty
   * @param replica index of the replica
   */
  public record Diverged(long step, int layer, String layerName, int replica) {}
}
