package org.tessera.dicom.codec;

/**
 * Inverse 8 x 8 discrete cosine transform, by the algorithm of Loeffler, Ligtenberg and Moschytz
 * (ICASSP 1989) in 13-bit fixed point: 11 multiplications per row. The scaling is the one common
 * among accurate integer decoders, so results agree with theirs to the bit.
 */
final class Idct {
  private static final int BITS = 13;
  private static final int F0298 = 2446;
  private static final int F0390 = 3196;
  private static final int F0541 = 4433;
  private static final int F0765 = 6270;
  private static final int F0899 = 7373;
  private static final int F1175 = 9633;
  private static final int F1501 = 12_299;
  private static final int F1847 = 15_137;
  private static final int F1961 = 16_069;
  private static final int F2053 = 16_819;
  private static final int F2562 = 20_995;
  private static final int F3072 = 25_172;

  /** Places in rows 4 to 7, in columns 4 to 7, and in the first column below its first value. */
  private static final long LOWER_ROWS = 0xFFFFFFFF00000000L;

  private static final long RIGHT_COLUMNS = 0xF0F0F0F0F0F0F0F0L;
  private static final long BELOW = 0x0101010101010100L;

  private final int extra;
  private final int centre;
  private final int most;

  /** A transform to unsigned samples of 8 or 12 bits. */
  Idct(int precision) {
    this.extra = precision > 8 ? 1 : 2;
    this.centre = 1 << (precision - 1);
    this.most = (1 << precision) - 1;
  }

  /** The sample that {@link #transform} gives where there is nothing but the first coefficient. */
  int flat(int first) {
    int value = (first + 4 >> 3) + centre;
    return value < 0 ? 0 : Math.min(value, most);
  }

  /**
   * Transforms a block in place, to samples around 0.
   *
   * @param places a bit for each place behind the first that may be other than zero
   */
  void transform(int[] block, long places) {
    boolean upper = (places & LOWER_ROWS) == 0;
    for (int x = 0; x < 8; x++) {
      if ((places & BELOW << x) != 0) {
        if (upper) {
          halfPass(block, x, 8, BITS - extra);
        } else {
          pass(block, x, 8, BITS - extra);
        }
      } else if (block[x] != 0) {
        int value = block[x] << extra;
        for (int y = 0; y < 64; y += 8) {
          block[x + y] = value;
        }
      }
    }
    boolean left = (places & RIGHT_COLUMNS) == 0;
    for (int y = 0; y < 8; y++) {
      if (left) {
        halfPass(block, 8 * y, 1, BITS + extra + 3);
      } else {
        pass(block, 8 * y, 1, BITS + extra + 3);
      }
    }
  }

  /** Writes a transformed block to its lines, as unsigned samples. */
  void write(int[] block, ComponentRows rows, int line, int column) {
    rows.write(line, column, block, centre, most);
  }

  /** One dimension of eight values, {@code step} apart, descaled by {@code shift} bits. */
  private static void pass(int[] d, int at, int step, int shift) {
    final int i1 = at + step;
    final int i2 = i1 + step;
    final int i3 = i2 + step;
    final int i4 = i3 + step;
    final int i5 = i4 + step;
    final int i6 = i5 + step;
    final int i7 = i6 + step;

    int shared = (d[i2] + d[i6]) * F0541;
    int even2 = shared - d[i6] * F1847;
    int even3 = shared + d[i2] * F0765;
    int even0 = (d[at] + d[i4]) << BITS;
    int even1 = (d[at] - d[i4]) << BITS;
    final int a0 = even0 + even3;
    final int a3 = even0 - even3;
    final int a1 = even1 + even2;
    final int a2 = even1 - even2;

    int t0 = d[i7];
    int t1 = d[i5];
    int t2 = d[i3];
    int t3 = d[i1];
    int z1 = -(t0 + t3) * F0899;
    int z2 = -(t1 + t2) * F2562;
    int z3 = t0 + t2;
    int z4 = t1 + t3;
    int z5 = (z3 + z4) * F1175;
    z3 = z5 - z3 * F1961;
    z4 = z5 - z4 * F0390;
    t0 = t0 * F0298 + z1 + z3;
    t1 = t1 * F2053 + z2 + z4;
    t2 = t2 * F3072 + z2 + z3;
    t3 = t3 * F1501 + z1 + z4;

    int half = 1 << (shift - 1);
    d[at] = (a0 + t3 + half) >> shift;
    d[i7] = (a0 - t3 + half) >> shift;
    d[i1] = (a1 + t2 + half) >> shift;
    d[i6] = (a1 - t2 + half) >> shift;
    d[i2] = (a2 + t1 + half) >> shift;
    d[i5] = (a2 - t1 + half) >> shift;
    d[i3] = (a3 + t0 + half) >> shift;
    d[i4] = (a3 - t0 + half) >> shift;
  }

  /** What {@link #pass} does where the last four values are zero. */
  private static void halfPass(int[] d, int at, int step, int shift) {
    int t0 = d[at];
    int t1 = d[at + step];
    int t2 = d[at + 2 * step];
    int t3 = d[at + 3 * step];

    int even2 = t2 * F0541;
    int even3 = even2 + t2 * F0765;
    int half = (t0 << BITS) + (1 << (shift - 1));
    final int a0 = half + even3;
    final int a3 = half - even3;
    final int a1 = half + even2;
    final int a2 = half - even2;

    int z5 = (t3 + t1) * F1175;
    int z3 = z5 - t3 * F1961;
    int z4 = z5 - t1 * F0390;
    final int b0 = z3 - t1 * F0899;
    final int b1 = z4 - t3 * F2562;
    final int b2 = t3 * (F3072 - F2562) + z3;
    final int b3 = t1 * (F1501 - F0899) + z4;

    d[at] = (a0 + b3) >> shift;
    d[at + 7 * step] = (a0 - b3) >> shift;
    d[at + step] = (a1 + b2) >> shift;
    d[at + 6 * step] = (a1 - b2) >> shift;
    d[at + 2 * step] = (a2 + b1) >> shift;
    d[at + 5 * step] = (a2 - b1) >> shift;
    d[at + 3 * step] = (a3 + b0) >> shift;
    d[at + 4 * step] = (a3 - b0) >> shift;
  }
}
