package io.github.fathomlab.experiment;

import io.github.fathomlab.claims.Bibliography;
import io.github.fathomlab.data.ChainBlocks;
import io.github.fathomlab.data.DataSource;
import io.github.fathomlab.data.Digits;
import io.github.fathomlab.data.Idx;
import io.github.fathomlab.data.MaskedTokens;
import io.github.fathomlab.data.Mixture;
import io.github.fathomlab.data.Npz;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.record.RecordedReadings;
import io.github.fathomlab.record.RunDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The works behind a run: behind what was measured, and on which data or in which study. */
public final class Citations {
  private Citations() {}

  /** BibTeX of the works behind a run. */
  public static String of(RunDirectory run) {
    try (RecordedReadings readings = RecordedReadings.open(run)) {
      return of(run, readings);
    }
  }

  static String of(RunDirectory run, Readings readings) {
    List<String> used = new ArrayList<>(readings.quantities());
    Optional<ResolvedStudy> study = ResolvedStudy.of(run);
    used.add(
        study.isPresent()
            ? study.get().study()
            : dataName(ExperimentFile.base(run.resolved()).data()));
    return Bibliography.of(used);
  }

  private static String dataName(DataSource data) {
    return switch (data) {
      case Digits _ -> "digits";
      case Idx idx -> idx.name();
      case Npz _, Mixture _, ChainBlocks _, MaskedTokens _ -> "";
    };
  }
}
