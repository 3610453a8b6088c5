package org.tessera.dicom.image;

import java.awt.image.BufferedImage;

/**
 * A frame as a picture of 8 bits per channel.
 *
 * @param width in pixels
 * @param height in pixels
 * @param channels 1 grey, 3 red, green and blue
 * @param levels row by row, channels interleaved, 0 black to 255; not copied, must not be changed
 */
@SuppressWarnings("ArrayRecordComponent")
public record RenderedFrame(int width, int height, int channels, byte[] levels) {
  public RenderedFrame {
    if ((channels != 1 && channels != 3) || levels.length != (long) width * height * channels) {
      throw new IllegalArgumentException("The levels do not fill the picture.");
    }
  }

  /** The picture for the image writers of the platform. */
  public BufferedImage image() {
    boolean grey = channels == 1;
    BufferedImage image =
        new BufferedImage(
            width, height, grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    if (grey) {
      image.getRaster().setDataElements(0, 0, width, height, levels);
      return image;
    }
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = 3 * (y * width + x);
        row[x] =
            (levels[at] & 0xFF) << 16 | (levels[at + 1] & 0xFF) << 8 | levels[at + 2] & 0xFF;
      }
      image.setRGB(0, y, width, 1, row, 0, width);
    }
    return image;
  }
}
