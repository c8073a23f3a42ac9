package io.github.fathomlab.record;

import io.github.fathomlab.instrument.Reading;
import io.github.fathomlab.instrument.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The way of one replica's readings into the tail; used by one thread at a time.
 *
 * <p>Readings of the same quantity and step become one line. Lines gather in memory and reach the
 * file when there are 64 KB of them or at {@link #flush}; only then another thread can be met.
 */
public final class Lane implements Consumer<Reading> {
  private static final int FULL = 1 << 16;
  private static final int LONGEST_LINE = 4096;

  private final Recorder recorder;
  private final int replica;
  private final LineBuffer lines = new LineBuffer();
  private final Map<String, Group> groups = new HashMap<>();
  private final List<Group> open = new ArrayList<>();
  private long step = -1;
  private volatile long flushedStep = -1;

  Lane(Recorder recorder, int replica) {
    this.recorder = recorder;
    this.replica = replica;
  }

  /**
   * Takes one reading of this lane's replica.
   *
   * @throws RecordException when the tail cannot be written
   */
  @Override
  public void accept(Reading reading) {
    if (reading.replica() != replica) {
      throw new IllegalArgumentException(
          "expected a reading of replica "
              + replica
              + ", found one of replica "
              + reading.replica());
    }
    if (reading.step() != step) {
      closeGroups();
      if (lines.size() >= FULL) {
        write();
      }
      step = reading.step();
    }
    Group group = groups.get(reading.quantity());
    if (group == null) {
      group = new Group(reading.quantity());
      groups.put(reading.quantity(), group);
    }
    if (group.count == 0) {
      open.add(group);
    }
    group.add(reading);
    if (group.count == LONGEST_LINE) {
      closeGroups();
    }
  }

  /** Makes everything taken so far survive a kill of the process. */
  public void flush() {
    closeGroups();
    if (lines.size() > 0) {
      write();
    }
  }

  /** The last step that is in the file, -1 before the first flush. */
  long flushedStep() {
    return flushedStep;
  }

  /** Forgets the numbers of the axes, for a new tail. */
  void forgetAxes() {
    groups.clear();
  }

  private void write() {
    recorder.append(lines);
    lines.clear();
    flushedStep = step;
  }

  private void closeGroups() {
    for (Group group : open) {
      group.encode();
    }
    open.clear();
  }

  /** The readings of one quantity at the present step. */
  private final class Group {
    private final byte[] opening;
    private int[] layers = new int[16];
    private String[] names = new String[16];
    private double[] values = new double[16];
    private double[] errors = new double[16];
    private Status[] statuses = new Status[16];
    private int count;
    private boolean allOk = true;
    private boolean anyError;
    private int axis = -1;
    private int axisCount;

    Group(String quantity) {
      byte[] start = "{\"q\":".getBytes(StandardCharsets.US_ASCII);
      LineBuffer text = new LineBuffer().bytes(start).string(quantity).ascii(",\"s\":");
      opening = Arrays.copyOf(text.bytes(), text.size());
    }

    void add(Reading reading) {
      int i = count;
      if (i == values.length) {
        grow(2 * i);
      }
      int layer = reading.layer();
      String name = reading.layerName();
      if (i >= axisCount || layers[i] != layer || !names[i].equals(name)) {
        layers[i] = layer;
        names[i] = name;
        axis = -1;
      }
      values[i] = reading.value();
      errors[i] = reading.standardError();
      statuses[i] = reading.status();
      allOk &= reading.status() == Status.OK;
      anyError |= !Double.isNaN(reading.standardError());
      count = i + 1;
    }

    void encode() {
      if (axis < 0 || axisCount != count) {
        axis = recorder.axes().number(layers, names, count);
        axisCount = count;
      }
      lines.bytes(opening).number(step).ascii(",\"r\":").number(replica);
      lines.ascii(",\"a\":").number(axis).ascii(",\"v\":").numbers(values, count);
      if (!allOk) {
        lines.ascii(",\"t\":[");
        for (int i = 0; i < count; i++) {
          lines.ascii(i == 0 ? "\"" : ",\"").ascii(statuses[i].name()).ascii("\"");
        }
        lines.ascii("]");
      }
      if (anyError) {
        lines.ascii(",\"e\":").numbers(errors, count);
      }
      lines.ascii("}\n");
      count = 0;
      allOk = true;
      anyError = false;
    }

    private void grow(int capacity) {
      layers = Arrays.copyOf(layers, capacity);
      names = Arrays.copyOf(names, capacity);
      values = Arrays.copyOf(values, capacity);
      errors = Arrays.copyOf(errors, capacity);
      statuses = Arrays.copyOf(statuses, capacity);
    }
  }
}
