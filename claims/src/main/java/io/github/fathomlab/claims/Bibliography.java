package io.github.fathomlab.claims;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The works behind what was used, as BibTeX. */
public final class Bibliography {
  private static final String FATHOM = "fathom";
  private static final SequencedMap<String, String> ENTRIES = entries();

  /** What the works are cited for: instruments, papers of claims, data sets. */
  private static final Map<String, List<String>> WORKS =
      Map.ofEntries(
          Map.entry("ledger", List.of("lee2025bulkboundary")),
          Map.entry("midpoint", List.of("lee2025bulkboundary")),
          Map.entry("injection", List.of("lee2025bulkboundary")),
          Map.entry("split", List.of("lee2025bulkboundary")),
          Map.entry("continuity", List.of("lee2025bulkboundary")),
          Map.entry("field", List.of("lee2025bulkboundary")),
          Map.entry("bulk", List.of("lee2025bulkboundary", "schoenholz2017propagation")),
          Map.entry("edge", List.of("lee2025bulkboundary", "cohen2021edge")),
          Map.entry("bulk-boundary", List.of("lee2025bulkboundary")),
          Map.entry("separation", List.of("he2022separation", "shi2025springblock")),
          Map.entry("load", List.of("shi2025springblock")),
          Map.entry("chain", List.of("shi2025springblock")),
          Map.entry("spring-block", List.of("shi2025springblock")),
          Map.entry("renormalization", List.of("gong2022renormalization", "gong2026exponential")),
          Map.entry("coupling", List.of("gong2022renormalization", "gong2026exponential")),
          Map.entry("rbm", List.of("gong2022renormalization", "iso2018scaleinvariant")),
          Map.entry("stack", List.of("gong2022renormalization")),
          Map.entry("effective_rank", List.of("roy2007effectiverank")),
          Map.entry("kernel_drift", List.of("kornblith2019similarity")),
          Map.entry("rank-collapse", List.of("haggimani2026rankcollapse")),
          Map.entry("rank", List.of("roy2007effectiverank", "haggimani2026rankcollapse")),
          Map.entry(
              "drift",
              List.of(
                  "kornblith2019similarity", "fisher1929harmonic", "haggimani2026rankcollapse")),
          Map.entry("tokens", List.of("haggimani2026rankcollapse")),
          Map.entry("information", List.of("haggimani2026rankcollapse")),
          Map.entry("relevance", List.of("haggimani2026rankcollapse")),
          Map.entry(
              "ising2d",
              List.of(
                  "onsager1944crystal",
                  "kaufman1949crystal",
                  "ferdinand1969bounded",
                  "wolff1989collective",
                  "swendsen1979montecarlo")),
          Map.entry("digits", List.of("alpaydin1998digits")),
          Map.entry("fashion-mnist", List.of("xiao2017fashion")),
          Map.entry("mnist", List.of("lecun1998mnist")));

  private Bibliography() {}

  /** BibTeX of Fathom and every work it knows. */
  public static String all() {
    return String.join("\n", ENTRIES.values());
  }

  /**
   * BibTeX of Fathom and of the works behind what was used, each once, in the order of the
   * bibliography.
   *
   * @param used names of instruments, quantities ({@code ledger.dissipation}), claims ({@code
   *     bulk-boundary/ledger-balances}), data sets, or keys of entries; a name without a published
   *     work, such as generated data, adds nothing
   */
  public static String of(Collection<String> used) {
    TreeSet<String> cited = new TreeSet<>();
    cited.add(FATHOM);
    for (String name : used) {
      String subject = name.split("[./]", 2)[0];
      cited.addAll(WORKS.getOrDefault(subject, List.of(name)));
    }
    return ENTRIES.entrySet().stream()
        .filter(entry -> cited.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .collect(Collectors.joining("\n"));
  }

  /** Keys of the entries of the works behind a name; empty where there is none. */
  static List<String> keys(String subject) {
    return WORKS.getOrDefault(subject, List.of());
  }

  /** All names that works are known for. */
  static Collection<String> subjects() {
    return WORKS.keySet();
  }

  /** Entries by key, in the order of the file. */
  static SequencedMap<String, String> entries() {
    SequencedMap<String, String> entries = new LinkedHashMap<>();
    for (String entry : text().strip().split("\n\n")) {
      String key = entry.substring(entry.indexOf('{') + 1, entry.indexOf(','));
      entries.put(key, entry.strip() + "\n");
    }
    return entries;
  }

  private static String text() {
    try (InputStream file =
        Objects.requireNonNull(Bibliography.class.getResourceAsStream("bibliography.bib"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
