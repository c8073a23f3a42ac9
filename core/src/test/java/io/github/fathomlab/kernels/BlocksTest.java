package io.github.fathomlab.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Blocks of columns that are gathered and scattered, and matrices that are columns of others. */
class BlocksTest {
  private static final int CASES = 60;

  /** Number by number, by the meaning of a block index. */
  @ParameterizedTest
  @EnumSource
  void gatheredBlocksAreThoseOfTheTable(Precision precision) {
    Kernels k = Kernels.of(precision);
    for (int seed = 0; seed < CASES; seed++) {
      Operands o = new Operands(k, seed, 3, 3, 3);
      k.gatherBlocks(o.map, o.image, o.patches);
      for (int r = 0; r < o.patches.rows(); r++) {
        for (int j = 0; j < o.patches.columns(); j++) {
          assertEquals(source(o, o.image, r, j), o.patches.get(r, j));
        }
      }
    }
  }

  /** What entry (r, j) of the patches stands for in an image. */
  private static double source(Operands o, Matrix image, int r, int j) {
    int batch = image.columns() / o.map.sourcePositions();
    int position = o.map.from() + j / batch;
    int block = o.map.table()[r * o.map.positions() + position];
    if (block == BlockMap.NOWHERE) {
      return 0;
    }
    int channel = block / o.map.sourcePositions();
    int place = block % o.map.sourcePositions();
    return image.get(channel, place * batch + j % batch);
  }

  /** ⟨patches, gather(e)⟩ for every unit image e is what scatter adds there. */
  @ParameterizedTest
  @EnumSource
  void scatterIsTheAdjointOfGather(Precision precision) {
    Kernels k = Kernels.of(precision);
    for (int seed = 0; seed < CASES; seed++) {
      Operands o = new Operands(k, seed, 3, 3, 3);
      double[] before = o.image.toArray();
      k.scatterBlocks(o.map, o.patches, o.image);
      Matrix unit = k.zeros(o.image.rows(), o.image.columns());
      for (int i = 0; i < before.length; i++) {
        int row = i / unit.columns();
        int column = i % unit.columns();
        unit.set(row, column, 1);
        double sum = before[i];
        for (int r = 0; r < o.patches.rows(); r++) {
          for (int j = 0; j < o.patches.columns(); j++) {
            sum += o.patches.get(r, j) * source(o, unit, r, j);
          }
        }
        unit.set(row, column, 0);
        assertEquals(sum, o.image.get(row, column), 50 * precision.epsilon());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMapThatStartsElsewhereIsOtherwiseTheSame(Precision precision) {
    Operands o = new Operands(Kernels.of(precision), 5, 3, 3, 3);
    BlockMap moved = o.map.startingAt(0);
    assertEquals(0, moved.from());
    assertSame(o.map.table(), moved.table());
    assertEquals(o.map, moved.startingAt(o.map.from()));
  }

  /** A product into some columns touches no others, and reads none. */
  @ParameterizedTest
  @EnumSource
  void columnsOfAMatrixAreAMatrix(Precision precision) {
    SplittableRandom random = new SplittableRandom(8);
    Kernels k = Kernels.of(precision);
    for (int round = 0; round < CASES; round++) {
      int columns = 1 + random.nextInt(60);
      int from = random.nextInt(columns);
      int count = 1 + random.nextInt(columns - from);
      Matrix a = Operands.gaussian(k.zeros(4, 6), random);
      Matrix b = Operands.gaussian(k.zeros(6, columns), random);
      Matrix c = Operands.gaussian(k.zeros(4, columns), random);
      double[] expected = c.toArray();
      for (int r = 0; r < 4; r++) {
        for (int j = from; j < from + count; j++) {
          for (int i = 0; i < 6; i++) {
            expected[r * columns + j] += a.get(r, i) * b.get(i, j);
          }
        }
      }
      k.multiply(false, a, false, b.someColumns(from, count), 1, c.someColumns(from, count));
      assertArrayEquals(expected, c.toArray(), 50 * precision.epsilon());
      Matrix view = c.someColumns(from, count).someColumns(count - 1, 1);
      assertEquals(c.get(3, from + count - 1), view.get(3, 0));
      assertEquals(4, view.toArray().length);
    }
  }

  /** θ + step is what θ became, exactly unless the step outgrows θ, and middle lies half way. */
  @ParameterizedTest
  @EnumSource
  void aRoundedStepIsTheOneThatWasMade(Precision precision) {
    Kernels k = Kernels.of(precision);
    SplittableRandom random = new SplittableRandom(4);
    Matrix theta = Operands.gaussian(k.vector(512), random);
    Matrix step = k.vector(512);
    Matrix middle = k.vector(512);
    for (double length : new double[] {1e-20, 1e-9, 1e-7, 1e-3, 1, 1e4}) {
      Matrix asked = Operands.gaussian(k.vector(512), random);
      asked.set(0, 0, 0);
      Matrix moved = k.vector(512);
      moved.copyFrom(theta);
      for (int i = 0; i < 512; i++) {
        asked.set(0, i, length * asked.get(0, i));
      }
      k.add(1, asked, moved);
      k.roundedStep(theta, asked, 0, 512, step, middle);
      assertEquals(0, step.get(0, 0));
      for (int i = 0; i < 512; i++) {
        double start = theta.get(0, i);
        double made = moved.get(0, i) - start;
        double rounding = Math.abs(made) <= Math.abs(start) ? 0 : precision.epsilon();
        assertEquals(made, step.get(0, i), rounding * Math.abs(made));
        double half = start + made / 2;
        double scale = Math.max(Math.abs(start), Math.abs(made));
        assertEquals(half, middle.get(0, i), 2 * precision.epsilon() * scale);
      }
    }
  }
}
