package io.github.fathomlab.experiment;

import io.github.fathomlab.training.Dataset;
import io.github.fathomlab.training.Split;
import io.github.fathomlab.training.Targets;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** SHA-256 of the numbers that a run was trained and tested on, whatever file they came from. */
public final class DataFingerprint {
  private DataFingerprint() {}

  /** Hashes by part of the split, {@code train} and {@code test}. */
  public static Map<String, String> of(Split split) {
    Map<String, String> hashes = new TreeMap<>();
    hashes.put("train", of(split.train()));
    Dataset test = split.test();
    if (test != null) {
      hashes.put("test", of(test));
    }
    return hashes;
  }

  private static String of(Dataset dataset) {
    MessageDigest digest = Sha256.digest();
    add(digest, dataset.inputs());
    switch (dataset.targets()) {
      case Targets.Classes classes -> {
        ByteBuffer bytes = ByteBuffer.allocate(4 * classes.labels().length);
        bytes.asIntBuffer().put(classes.labels());
        digest.update(bytes);
      }
      case Targets.Values values -> add(digest, values.values());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, double[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length);
    bytes.asDoubleBuffer().put(values);
    digest.update(bytes);
  }
}
