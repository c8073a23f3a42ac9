package io.github.fathomlab.renormalization.task;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import java.util.function.Consumer;

/**
 * The readings of one look at one network; a number that does not exist becomes a status, and one
 * that only bounds keeps its own.
 */
record CouplingRows(long step, int replica, Consumer<Reading> sink) {

  /** A number of the whole network. */
  void network(String quantity, double value) {
    network(quantity, value, Status.OK, Double.NaN);
  }

  void network(String quantity, double value, Status status, double error) {
    at(quantity, Reading.WHOLE_NETWORK, "", value, status, error);
  }

  /** A word about the network, in place of a layer's name; the value is 1. */
  void word(String quantity, String word) {
    at(quantity, Reading.WHOLE_NETWORK, word, 1, Status.OK, Double.NaN);
  }

  /** A number at a place, such as a layer, a sector or a mode. */
  void at(String quantity, int place, String name, double value) {
    at(quantity, place, name, value, Status.OK, Double.NaN);
  }

  void at(String quantity, int place, String name, double value, Status status, double error) {
    Status honest = Double.isNaN(value) && status == Status.OK ? Status.NOT_APPLICABLE : status;
    double number = Double.isFinite(value) ? value : Double.NaN;
    sink.accept(new Reading(quantity, step, place, name, replica, number, honest, error));
  }
}
