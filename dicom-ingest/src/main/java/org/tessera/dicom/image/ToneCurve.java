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

  float at(StoredFrame frame, int index) {
    return table.length > 0
        ? table[(int) frame.integer(index) - lowest]
        : (float) function.applyAsDouble(frame.value(index));
  }
}
