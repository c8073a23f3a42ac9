package io.github.fathomlab.training;

/** An optimizer in the algebra of torch.optim, without its learning rate. */
public sealed interface OptimizerRule {

  /** θ' = θ - lr f. */
  record Sgd() implements OptimizerRule {}

  /** torch.optim.SGD with momentum μ and dampening 0. */
  record HeavyBall(double momentum) implements OptimizerRule {
    public HeavyBall {
      requireUnit("momentum", momentum);
    }
  }

  /** torch.optim.SGD with nesterov=True. */
  record Nesterov(double momentum) implements OptimizerRule {
    public Nesterov {
      requireUnit("momentum", momentum);
    }
  }

  /** torch.optim.Adam. */
  record Adam(double beta1, double beta2, double epsilon) implements OptimizerRule {
    public Adam {
      requireUnit("beta1", beta1);
      requireUnit("beta2", beta2);
      requirePositive(epsilon);
    }
  }

  /** torch.optim.AdamW with decoupled weight decay. */
  record AdamW(double beta1, double beta2, double epsilon, double weightDecay)
      implements OptimizerRule {
    public AdamW {
      requireUnit("beta1", beta1);
      requireUnit("beta2", beta2);
      requirePositive(epsilon);
      if (!(weightDecay >= 0)) {
        throw new IllegalArgumentException(
            "weight decay must not be negative, found " + weightDecay);
      }
    }
  }

  /** The memory factor μ of the normal form p' = μp - (1-μ)f; β₁ for the Adam family. */
  default double memory() {
    return switch (this) {
      case Sgd _ -> 0;
      case HeavyBall rule -> rule.momentum();
      case Nesterov rule -> rule.momentum();
      case Adam rule -> rule.beta1();
      case AdamW rule -> rule.beta1();
    };
  }

  private static void requireUnit(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must lie in [0, 1), found " + value);
    }
  }

  /** With epsilon 0 a parameter that never had a gradient would move by 0/0. */
  private static void requirePositive(double epsilon) {
    if (!(epsilon > 0)) {
      throw new IllegalArgumentException("epsilon must be positive, found " + epsilon);
    }
  }
}
