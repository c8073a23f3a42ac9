package io.github.fathomlab.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The bits of a float operation depend on its arguments alone: interpreted, compiled and concurrent
 * runs agree.
 */
class BitsTest {
  private static final int WARM_UP = 3000;

  @Test
  void firstCallsAndHotCallsAgree() {
    Map<Operation, Long> first = hashes();
    Kernels k = Kernels.of(Precision.FLOAT32);
    for (Operation operation : Operation.values()) {
      Operands operands = new Operands(k, 1, 12, 50, 700);
      for (int i = 0; i < WARM_UP; i++) {
        operation.apply(k, operands);
      }
    }
    assertEquals(first, hashes());
  }

  @Test
  void theInterpreterAgrees() throws IOException, InterruptedException {
    Process interpreter =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xint",
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                KernelBits.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String heard = new String(interpreter.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(interpreter.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, interpreter.exitValue());
    StringBuilder expected = new StringBuilder();
    hashes().forEach((operation, hash) -> expected.append(operation + "=" + hash + "\n"));
    assertEquals(expected.toString(), heard);
  }

  @Test
  void twoThreadsAgree() throws InterruptedException, ExecutionException {
    Map<Operation, Long> alone = hashes();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Callable<Map<Operation, Long>>> work = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        work.add(BitsTest::hashes);
      }
      for (Future<Map<Operation, Long>> result : threads.invokeAll(work)) {
        assertEquals(alone, result.get());
      }
    }
  }

  private static Map<Operation, Long> hashes() {
    Map<Operation, Long> hashes = new EnumMap<>(Operation.class);
    for (Operation operation : Operation.values()) {
      hashes.put(operation, KernelBits.hash(operation));
    }
    return hashes;
  }
}
