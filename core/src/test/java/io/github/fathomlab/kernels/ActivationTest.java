package io.github.fathomlab.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationTest {

  @Test
  void theIdentityIsLinearByEitherName() {
    assertTrue(new Activation.Identity().isLinear());
    assertTrue(new Activation.LeakyRelu(1).isLinear());
  }

  @Test
  void allOthersAreNot() {
    assertFalse(new Activation.Tanh().isLinear());
    assertFalse(new Activation.Gelu().isLinear());
    assertFalse(Activation.relu().isLinear());
    assertFalse(new Activation.LeakyRelu(Math.nextDown(1.0)).isLinear());
  }

  @Test
  void reluHasNoLeak() {
    assertEquals(new Activation.LeakyRelu(0), Activation.relu());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void refusesASlopeThatIsNone(double slope) {
    assertThrows(IllegalArgumentException.class, () -> new Activation.LeakyRelu(slope));
  }
}
