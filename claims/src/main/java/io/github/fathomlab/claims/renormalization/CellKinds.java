package io.github.fathomlab.claims.renormalization;

import io.github.fathomlab.claims.cells.Cells;
import io.github.fathomlab.claims.cells.Cells.Cell;
import io.github.fathomlab.instrument.Readings;
import java.util.List;
import java.util.function.Predicate;

/** Which cells claims about couplings speak of, and the exact numbers of a cell. */
final class CellKinds {
  private CellKinds() {}

  /** All cells whose couplings were measured, in the order of the grid. */
  static List<Cell> cells(Readings readings) {
    return Cells.of(readings, "coupling.correlation", CellKinds::symbol);
  }

  private static String symbol(Cell cell, String axis) {
    return switch (axis) {
      case "correlation_length" -> "xi";
      case "window" -> "b";
      case "coupling" -> cell.word("coupling.law").equals("gaussian") ? "phi" : "K";
      default -> axis;
    };
  }

  static Predicate<Cell> task(String task, String law) {
    return cell -> cell.word("coupling.task").equals(task) && cell.word("coupling.law").equals(law);
  }

  /** Trainings of a task on its own targets. */
  static Predicate<Cell> trained(String task, String law) {
    return task(task, law).and(cell -> !shuffled(cell));
  }

  /** Trainings of a task whose targets are those of other blocks. */
  static Predicate<Cell> foreign(String task, String law) {
    return task(task, law).and(CellKinds::shuffled);
  }

  static boolean shuffled(Cell cell) {
    return cell.exact("coupling.shuffle") > 0;
  }

  static boolean hasField(Cell cell) {
    return cell.exact("coupling.field") != 0;
  }

  /** Networks of odd functions only, which cannot represent an even optimum. */
  static boolean odd(Cell cell) {
    return cell.caseName().startsWith("no bias");
  }

  /** Linear autoencoders, of which the subspace was read. */
  static boolean linear(Cell cell) {
    return !Double.isNaN(cell.trained("coupling.overlap")[0]);
  }

  /** Cells whose predicted correlation lies further from 0 than a tolerance. */
  static Predicate<Cell> resolved(double tolerance) {
    return cell -> Math.abs(prediction(cell)) > tolerance;
  }

  /** ρ_1 of the exact optimum. */
  static double prediction(Cell cell) {
    return cell.exact("coupling.prediction");
  }

  /** t^b, the correlation of neighbours of the decimated chain. */
  static double decimated(Cell cell) {
    return StrictMath.pow(cell.exact("coupling.contraction"), cell.exact("coupling.window"));
  }
}
