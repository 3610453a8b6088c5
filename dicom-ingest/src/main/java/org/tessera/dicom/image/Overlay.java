package org.tessera.dicom.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Bytes;
import org.tessera.dicom.codec.PixelFormat;

/**
 * A plane of one bit per pixel over an image (PS3.3 C.9.2): graphics or a region of interest. Its
 * bits are either in Overlay Data or, in older files, in bits of the pixel cells that no pixel
 * value uses (PS3.5 8.1.2, retired).
 *
 * @param group 0x6000 to 0x601E, even
 * @param rows height
 * @param columns width
 * @param top row of the image that the first row lies on, from 0; may be negative
 * @param left column of the image that the first column lies on, from 0; may be negative
 * @param firstFrame frame of the image that the first plane belongs to, from 1
 * @param frames number of planes
 * @param region a region of interest instead of graphics
 * @param label Overlay Label or Description, perhaps empty
 * @param bits the packed bits of all planes; empty if they are in the pixel cells
 * @param bitPosition in the pixel cell; 0 if they are not there
 */
public record Overlay(
    int group,
    int rows,
    int columns,
    int top,
    int left,
    int firstFrame,
    int frames,
    boolean region,
    String label,
    Optional<Bytes> bits,
    int bitPosition) {

  private static final int ROWS = 0x0010;
  private static final int COLUMNS = 0x0011;
  private static final int NUMBER_OF_FRAMES = 0x0015;
  private static final int DESCRIPTION = 0x0022;
  private static final int TYPE = 0x0040;
  private static final int ORIGIN = 0x0050;
  private static final int IMAGE_FRAME_ORIGIN = 0x0051;
  private static final int BITS_ALLOCATED = 0x0100;
  private static final int BIT_POSITION = 0x0102;
  private static final int LABEL = 0x1500;
  private static final int DATA = 0x3000;

  /** The overlays of an image that have a shape and bits; others are left out. */
  public static List<Overlay> of(Attributes image, PixelFormat format) {
    List<Overlay> overlays = new ArrayList<>();
    for (int group = 0x6000; group <= 0x601E; group += 2) {
      one(image, format, group).ifPresent(overlays::add);
    }
    return overlays;
  }

  private static Optional<Overlay> one(Attributes image, PixelFormat format, int group) {
    int base = group << 16;
    int rows = image.integer(base | ROWS, 0);
    int columns = image.integer(base | COLUMNS, 0);
    if (rows < 1 || columns < 1 || (long) rows * columns > Integer.MAX_VALUE) {
      return Optional.empty();
    }
    int frames = Math.max(1, image.integer(base | NUMBER_OF_FRAMES, 1));
    Optional<Bytes> bits = image.bytes(base | DATA).filter(data -> data.length() > 0);
    int position = image.integer(base | BIT_POSITION, 0);
    if (bits.isPresent()) {
      if (bits.get().length() < ((long) rows * columns * frames + 7) / 8) {
        return Optional.empty();
      }
      position = 0;
    } else if (!isEmbedded(image, format, base, rows, columns, position)) {
      return Optional.empty();
    }
    double[] origin = image.reals(base | ORIGIN);
    return Optional.of(
        new Overlay(
            group,
            rows,
            columns,
            origin.length > 0 && origin[0] == Math.rint(origin[0]) ? (int) origin[0] - 1 : 0,
            origin.length > 1 && origin[1] == Math.rint(origin[1]) ? (int) origin[1] - 1 : 0,
            Math.max(1, image.integer(base | IMAGE_FRAME_ORIGIN, 1)),
            bits.isPresent() ? frames : format.frames(),
            image.string(base | TYPE).orElse("G").equals("R"),
            image.string(base | LABEL).or(() -> image.string(base | DESCRIPTION)).orElse(""),
            bits,
            position));
  }

  /** In the cells, above or below the bits of the value itself. */
  private static boolean isEmbedded(
      Attributes image, PixelFormat format, int base, int rows, int columns, int position) {
    int lowest = format.highBit() + 1 - format.bitsStored();
    return image.contains(base | BIT_POSITION)
        && image.integer(base | BITS_ALLOCATED, 0) == format.bitsAllocated()
        && format.samples() == 1
        && rows == format.rows()
        && columns == format.columns()
        && position >= 0
        && position < format.bitsAllocated()
        && (position > format.highBit() || position < lowest);
  }

  /** Whether a plane lies over a frame of the image, counted from 1. */
  public boolean covers(int frame) {
    // A single plane without a frame origin lies over all frames (PS3.3 C.9.3).
    return (frames == 1 && firstFrame == 1) || (frame >= firstFrame && frame - firstFrame < frames);
  }

  /**
   * The plane over a frame: one byte per overlay pixel, row by row, 0 or 1.
   *
   * @param pixels of the same image; read only if the bits are in its cells
   * @param frame from 1; one that is covered
   */
  public byte[] mask(PixelData pixels, int frame) throws RejectedInputException {
    if (!covers(frame)) {
      throw new IndexOutOfBoundsException("No plane over frame " + frame);
    }
    byte[] mask = new byte[rows * columns];
    byte[] cells = bits.isEmpty() ? pixels.cells(frame) : new byte[0];
    int width = pixels.format().valueBytes();
    for (int i = 0; i < mask.length; i++) {
      mask[i] = (byte) bit(i, cells, width, frame);
    }
    return mask;
  }

  private int bit(int index, byte[] cells, int cellBytes, int frame) {
    if (bits.isEmpty()) {
      return cells[index * cellBytes + bitPosition / 8] >>> (bitPosition % 8) & 1;
    }
    long plane = frames == 1 ? 0 : frame - firstFrame;
    long bit = plane * rows * columns + index;
    return bits.get().unsignedByte(bit / 8) >>> (bit % 8) & 1;
  }

  /**
   * Draws the plane over a frame that it covers, as DCMTK does: graphics are white; around a region
   * of interest the picture is dimmed to a sixteenth as far as the plane reaches.
   *
   * @param cells of the same frame, where the bits are in them
   * @param cellBytes of a pixel cell
   */
  void draw(RenderedFrame picture, byte[] cells, int cellBytes, int frame) {
    byte[] levels = picture.levels();
    int fromX = Math.max(0, -left);
    int toX = (int) Math.min(columns, (long) picture.width() - left);
    for (int y = Math.max(0, -top); y < Math.min(rows, (long) picture.height() - top); y++) {
      for (int x = fromX; x < toX; x++) {
        boolean set = bit(y * columns + x, cells, cellBytes, frame) == 1;
        if (set == region) {
          continue;
        }
        int at = ((y + top) * picture.width() + x + left) * picture.channels();
        for (int channel = 0; channel < picture.channels(); channel++) {
          levels[at + channel] = (byte) (region ? (levels[at + channel] & 0xFF) >> 4 : 255);
        }
      }
    }
  }
}
