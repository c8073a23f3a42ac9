package io.github.fathomlab.claims.bulkboundary;

import io.github.fathomlab.instrument.Claim;
import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Readings;
import io.github.fathomlab.instrument.Status;
import io.github.fathomlab.instrument.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Residual networks of different depth sample one field over depth, if their parameters do.
 *
 * <p>Criterion: from smooth initial fields, the distances of e(x), J(x), loss and output to the
 * field fall with order 1 in 1/M for the network and with order 2 for the midpoint solver, each
 * within 0.2. Null: independent random parameters of the same size, whose e and J must fall
 * distinguishably slower than with order 0.8 (two standard errors); otherwise the test could not
 * have told a collapse from none and the claim is undecided.
 */
public final class FieldCollapse implements Claim {
  private static final List<String> PARTS = List.of("energy", "current", "loss", "output");
  private static final double TOLERANCE = 0.2;

  @Override
  public String id() {
    return "bulk-boundary/field-collapse";
  }

  @Override
  public String statement() {
    return "Residual networks of depth M, 2M, 4M with the same smooth initial field have one energy density e(x) and one"
        + " energy current J(x) over x = m/M, up to O(1/M).";
  }

  @Override
  public String source() {
    return "arXiv:2511.02003, version 1, announces a field formulation, whose equations could not be seen; the field"
        + " equations, the lattices, the orders and this test are Fathom's derivation";
  }

  @Override
  public boolean appliesTo(Readings readings) {
    return !readings.of("field.order_energy").isEmpty();
  }

  @Override
  public Verdict judge(Readings readings) {
    List<Order> orders = new ArrayList<>();
    Map<String, Object> evidence = new LinkedHashMap<>();
    for (String part : PARTS) {
      orders.add(Order.of(readings, "field.order_" + part, FieldCollapseStudy.SMOOTH, 1));
    }
    for (String part : PARTS) {
      orders.add(Order.of(readings, "field.midpoint_order_" + part, FieldCollapseStudy.SMOOTH, 2));
    }
    for (Order order : orders) {
      put(evidence, order.name.substring("field.".length()), order);
    }
    List<Order> nulls = new ArrayList<>();
    for (String part : PARTS) {
      Order order = Order.of(readings, "field.order_" + part, FieldCollapseStudy.ROUGH, 0.5);
      put(evidence, "order_" + part + "_null", order);
      nulls.add(order);
    }
    roughness(readings, FieldCollapseStudy.SMOOTH, "roughness", evidence);
    roughness(readings, FieldCollapseStudy.ROUGH, "roughness_null", evidence);
    evidence.put("tolerance", TOLERANCE);
    String failure = failure(orders);
    String doubt = doubt(orders, nulls.subList(0, 2));
    return Verdict.ofHolding(this, failure, doubt, () -> collapse(orders, nulls), evidence);
  }

  private static @Nullable String failure(List<Order> orders) {
    for (Order order : orders) {
      if (Math.abs(order.value - order.expected) > TOLERANCE) {
        return String.format(
            Locale.ROOT,
            "No collapse onto a field: %s is %.2f, expected %.0f within %.1f.",
            order.name,
            order.value,
            order.expected,
            TOLERANCE);
      }
    }
    return null;
  }

  private static @Nullable String doubt(List<Order> orders, List<Order> nulls) {
    for (Order order : orders) {
      if (Double.isNaN(order.value)) {
        return "The collapse cannot be judged: there is no number for " + order.name + ".";
      }
    }
    for (Order order : nulls) {
      if (!(order.value + 2 * order.error < 1 - TOLERANCE)) {
        return String.format(
            Locale.ROOT,
            "The collapse cannot be judged: from independent random parameters %s is %.2f ± %.2f, not told apart from"
                + " that of a smooth field.",
            order.name,
            order.value,
            order.error);
      }
    }
    return null;
  }

  private static String collapse(List<Order> orders, List<Order> nulls) {
    return String.format(
        Locale.ROOT,
        "From smooth fields the profiles of all depths collapse: e(x) with order %.2f, J(x) with %.2f (midpoint solver"
            + " %.2f and %.2f); from independent random parameters only with %.2f ± %.2f and %.2f ± %.2f.",
        orders.get(0).value,
        orders.get(1).value,
        orders.get(4).value,
        orders.get(5).value,
        nulls.get(0).value,
        nulls.get(0).error,
        nulls.get(1).value,
        nulls.get(1).error);
  }

  private static void put(Map<String, Object> evidence, String key, Order order) {
    if (!Double.isNaN(order.value)) {
      evidence.put(key, order.value);
    }
    if (!Double.isNaN(order.error)) {
      evidence.put(key + "_error", order.error);
    }
  }

  /** The roughness of the deepest lattice, last in order. */
  private static void roughness(
      Readings readings, int replica, String key, Map<String, Object> evidence) {
    for (Reading reading : readings.of("field.roughness")) {
      if (reading.replica() == replica && reading.status() == Status.OK) {
        evidence.put(key, reading.value());
      }
    }
  }

  /** One measured order; NaN where there is none. */
  private record Order(String name, double value, double error, double expected) {

    static Order of(Readings readings, String name, int replica, double expected) {
      for (Reading reading : readings.of(name)) {
        if (reading.replica() == replica && reading.status() == Status.OK) {
          return new Order(name, reading.value(), reading.standardError(), expected);
        }
      }
      return new Order(name, Double.NaN, Double.NaN, expected);
    }
  }
}
