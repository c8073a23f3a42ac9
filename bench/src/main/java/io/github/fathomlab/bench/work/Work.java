package io.github.fathomlab.bench.work;

import io.github.fathomlab.bench.Spread;
import io.github.fathomlab.kernels.Engine;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * Does one measurement and prints it as JSON: {@code Work
 * step|process|separation|replicas|ledger|modes|chain|ising|enumeration|task-step|rank|token-step
 * [--name value ...]}.
 */
public final class Work {
  private Work() {}

  public static void main(String[] arguments) {
    Options options = Options.parse(arguments, 1);
    Map<String, Spread> measured =
        switch (arguments[0]) {
          case "step" -> StepWork.measure(options);
          case "process" -> ProcessWork.run(options);
          case "separation" -> SeparationWork.measure(options);
          case "replicas" -> ReplicaWork.measure(options);
          case "ledger" -> LedgerWork.measure(options);
          case "modes" -> ModesWork.measure(options);
          case "chain" -> ChainWork.measure(options);
          case "ising" -> IsingWork.measure(options);
          case "enumeration" -> EnumerationWork.measure(options);
          case "task-step" -> TaskStepWork.measure(options);
          case "rank" -> RankWork.measure(options);
          case "token-step" -> TokenStepWork.measure(options);
          default -> throw new IllegalArgumentException("there is no work " + arguments[0]);
        };
    Map<String, Object> document = new TreeMap<>();
    document.put("engine", Engine.describe());
    document.put("measured", measured);
    System.out.println(JsonMapper.shared().writeValueAsString(document));
  }
}
