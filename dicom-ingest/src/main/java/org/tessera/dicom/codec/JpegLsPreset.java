package org.tessera.dicom.codec;

import org.tessera.casemodel.RejectedInputException;

/**
 * Coding parameters of a JPEG-LS scan (ITU-T T.87 C.2.4.1).
 *
 * @param maxValue largest sample, 1 to 65,535
 * @param near largest error of a sample; 0 is lossless
 * @param t1 first gradient threshold
 * @param t2 second gradient threshold
 * @param t3 third gradient threshold
 * @param reset count at which a context is halved
 */
record JpegLsPreset(int maxValue, int near, int t1, int t2, int t3, int reset) {
  private static final int RESET = 64;

  /** The default parameters (T.87 C.2.4.1.1.1). */
  static JpegLsPreset of(int maxValue, int near) {
    int t1;
    int t2;
    int t3;
    if (maxValue >= 128) {
      int factor = (Math.min(maxValue, 4095) + 128) / 256;
      t1 = factor + 2 + 3 * near;
      t2 = 4 * factor + 3 + 5 * near;
      t3 = 17 * factor + 4 + 7 * near;
    } else {
      int factor = 256 / (maxValue + 1);
      t1 = Math.max(2, 3 / factor + 3 * near);
      t2 = Math.max(3, 7 / factor + 5 * near);
      t3 = Math.max(4, 21 / factor + 7 * near);
    }
    t1 = within(t1, near + 1, maxValue);
    t2 = within(t2, t1, maxValue);
    t3 = within(t3, t2, maxValue);
    return new JpegLsPreset(maxValue, near, t1, t2, t3, RESET);
  }

  private static int within(int value, int low, int high) {
    return value > high || value < low ? low : value;
  }

  /** These parameters with those that a marker segment LSE states; 0 there means the default. */
  static JpegLsPreset of(int maxValue, int near, int[] stated) throws RejectedInputException {
    int most = stated[0] == 0 ? maxValue : stated[0];
    if (most > maxValue || near > Math.min(255, most / 2)) {
      throw new RejectedInputException("The JPEG-LS parameters contradict each other.");
    }
    JpegLsPreset usual = of(most, near);
    int t1 = stated[1] == 0 ? usual.t1 : stated[1];
    int t2 = stated[2] == 0 ? usual.t2 : stated[2];
    int t3 = stated[3] == 0 ? usual.t3 : stated[3];
    int reset = stated[4] == 0 ? usual.reset : stated[4];
    if (t1 < near + 1 || t2 < t1 || t3 < t2 || t3 > most || reset < 3
        || reset > Math.max(255, most)) {
      throw new RejectedInputException("The JPEG-LS parameters contradict each other.");
    }
    return new JpegLsPreset(most, near, t1, t2, t3, reset);
  }

  /** Number of quantized prediction errors (T.87 A.2.1). */
  int range() {
    return near == 0 ? maxValue + 1 : (maxValue + 2 * near) / (2 * near + 1) + 1;
  }

  /** Bits of a prediction error. */
  int errorBits() {
    return bits(range() - 1);
  }

  /** Longest code of an error, in bits. */
  int limit() {
    int sampleBits = Math.max(2, bits(maxValue));
    return 2 * (sampleBits + Math.max(8, sampleBits));
  }

  private static int bits(int value) {
    return 32 - Integer.numberOfLeadingZeros(value);
  }
}
