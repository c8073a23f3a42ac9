package io.github.fathomlab.data;

import java.nio.ByteBuffer;

/** The number types of NumPy arrays that can be read and written. */
public enum NpyType {
  FLOAT32("f4", 4),
  FLOAT64("f8", 8),
  INT32("i4", 4),
  /** Values beyond 2^53 are rounded to the nearest double. */
  INT64("i8", 8),
  UINT8("u1", 1),
  BOOL("b1", 1);

  final String code;
  final int bytes;

  NpyType(String code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  double get(ByteBuffer buffer, int position) {
    return switch (this) {
      case FLOAT32 -> buffer.getFloat(position);
      case FLOAT64 -> buffer.getDouble(position);
      case INT32 -> buffer.getInt(position);
      case INT64 -> buffer.getLong(position);
      case UINT8, BOOL -> buffer.get(position) & 0xff;
    };
  }

  void put(ByteBuffer buffer, double value) {
    switch (this) {
      case FLOAT32 -> buffer.putFloat((float) value);
      case FLOAT64 -> buffer.putDouble(value);
      case INT32 -> buffer.putInt((int) value);
      case INT64 -> buffer.putLong((long) value);
      case UINT8, BOOL -> buffer.put((byte) (int) value);
    }
  }
}
