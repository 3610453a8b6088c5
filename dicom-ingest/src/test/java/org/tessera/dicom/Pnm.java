package org.tessera.dicom;

/**
 * A portable grey or colour map, as peers write them.
 *
 * @param width columns
 * @param height rows
 * @param channels 1 or 3
 * @param at where the values begin
 * @param bytes the file
 */
@SuppressWarnings("ArrayRecordComponent")
public record Pnm(int width, int height, int channels, int at, byte[] bytes) {

  public static Pnm read(byte[] bytes) {
    int[] numbers = new int[3];
    int at = 2;
    for (int i = 0; i < 3; ) {
      while (Character.isWhitespace(bytes[at])) {
        at++;
      }
      if (bytes[at] == '#') {
        while (bytes[at] != '\n') {
          at++;
        }
        continue;
      }
      while (!Character.isWhitespace(bytes[at])) {
        numbers[i] = numbers[i] * 10 + bytes[at++] - '0';
      }
      i++;
    }
    return new Pnm(numbers[0], numbers[1], bytes[1] == '6' ? 3 : 1, at + 1, bytes);
  }

  /** How many values differ by more than so many levels of 255. */
  public long differences(float[] samples, int levels) {
    long count = Math.abs(samples.length - (long) width * height * channels);
    for (int i = 0; i < Math.min(samples.length, bytes.length - at); i++) {
      int theirs = bytes[at + i] & 0xFF;
      count += Math.abs(theirs - Math.round(samples[i] * 255)) > levels ? 1 : 0;
    }
    return count;
  }
}
