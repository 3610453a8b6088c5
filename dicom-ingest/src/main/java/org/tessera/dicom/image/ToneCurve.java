package org.tessera.dicom.image;

import java.util.function.DoubleUnaryOperator;

/** Stored value to brightness: a table for values of up to 16 bits, else computed each time. */
final class ToneCurve {
  private static final float[] NO_TABLE = {};

  private final float[] table;
  private final int lowest;
  private final DoubleUnaryOperator function;

  private ToneCurve(float[] table, int lowest, DoubleUnaryOperator function) {
    this.table = table;
    this.lowest = lowest;
    this.function = function;
  }

  static ToneCurve of(StoredFrame frame, DoubleUnaryOperator function) {
    if (frame.real() || frame.bits() > 16) {
      return new ToneCurve(NO_TABLE, 0, function);
    }
    int lowest = frame.signed() ? -(1 << (frame.bits() - 1)) : 0;
    float[] table = new float[1 << frame.bits()];
    for (int i = 0; i < table.length; i++) {
      table[i] = (float) function.applyAsDouble(lowest + i);
    }
    return new ToneCurve(table, lowest, function);
  }

  /** Values of an unsigned range spread over 0 to 1, for colours. */
  static ToneCurve scale(StoredFrame frame, int bits) {
    double most = Math.pow(2, bits) - 1;
    return of(frame, value -> Math.clamp(value / most, 0, 1));
  }

  /** Writes the brightness of consecutive values. */
  void write(StoredFrame frame, int index, int count, float[] target, int at) {
    if (table.length == 0) {
      for (int i = 0; i < count; i++) {
        target[at + i] = (float) function.applyAsDouble(frame.value(index + i));
      }
      return;
    }
    // The table begins at the lowest value: unsigned bits index it once their sign bit is turned.
    byte[] data = frame.data();
    if (frame.bits() == 8) {
      int sign = frame.signed() ? 0x80 : 0;
      for (int i = 0; i < count; i++) {
        target[at + i] = table[(data[index + i] & 0xFF) ^ sign];
      }
      return;
    }
    int sign = frame.signed() ? 0x8000 : 0;
    for (int i = 0; i < count; i++) {
      int from = 2 * (index + i);
      target[at + i] = table[(data[from] & 0xFF | (data[from + 1] & 0xFF) << 8) ^ sign];
    }
  }

  float at(StoredFrame frame, int index) {
    return table.length > 0
        ? table[(int) frame.integer(index) - lowest]
        : (float) function.applyAsDouble(frame.value(index));
  }
}
