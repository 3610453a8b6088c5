package org.tessera.dicom.slide;

import java.io.IOException;
import java.util.List;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.codec.PixelFormat;
import org.tessera.dicom.image.DisplayFrame;
import org.tessera.dicom.image.StoredFrame;

/**
 * One level of a DICOM whole slide, of one optical path and one focal plane: frames of one file or
 * of the files of a concatenation, placed by {@link TilePlaces}.
 */
final class DicomLevel implements SlideLevel {
  private final List<SlidePart> parts;
  private final int width;
  private final int height;

  /** Frame number over all parts by place, row by row; 0 where a sparse slide has no tile. */
  private final int[] frameAt;

  private final int channels;

  /**
   * Makes a level.
   *
   * @param parts in the order of their frames, alike in size and format
   * @param frameAt frame number, from 1 over all parts, by place; 0 for none
   */
  DicomLevel(List<SlidePart> parts, int[] frameAt) throws RejectedInputException {
    this.parts = List.copyOf(parts);
    this.width = parts.getFirst().width();
    this.height = parts.getFirst().height();
    this.frameAt = frameAt.clone();
    int first = 0;
    while (first < frameAt.length && frameAt[first] == 0) {
      first++;
    }
    if (first == frameAt.length) {
      throw new RejectedInputException("None of the slide's tiles lies inside it.");
    }
    this.channels = decode(frameAt[first]).channels();
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public int tileWidth() {
    return parts.getFirst().data().columns();
  }

  @Override
  public int tileHeight() {
    return parts.getFirst().data().rows();
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public boolean present(int column, int row) {
    return frameAt[row * across() + column] > 0;
  }

  @Override
  public SlideTile decode(int column, int row) throws IOException, RejectedInputException {
    return decode(frameAt[row * across() + column]);
  }

  private SlideTile decode(int number) throws RejectedInputException {
    int inPart = number;
    for (SlidePart part : parts) {
      if (inPart <= part.data().frames()) {
        return tile(part, inPart);
      }
      inPart -= part.data().frames();
    }
    throw new RejectedInputException("A part of the slide with a tile is missing.");
  }

  private SlideTile tile(SlidePart part, int number) throws RejectedInputException {
    StoredFrame stored = part.data().frame(number);
    PixelFormat format = part.data().format();
    if (stored.samples() == 3 && stored.bits() == 8 && format.bitsStored() == 8) {
      return new SlideTile(tileWidth(), tileHeight(), 3, stored.data());
    }
    DisplayFrame frame = DisplayFrame.of(stored, part.image(), format, number);
    int row = tileWidth() * frame.channels();
    byte[] samples = new byte[row * tileHeight()];
    float[] brightness = new float[row];
    for (int y = 0; y < tileHeight(); y++) {
      frame.row(y, 0, tileWidth(), brightness);
      for (int i = 0; i < row; i++) {
        samples[y * row + i] = (byte) Math.round(Math.clamp(brightness[i], 0f, 1f) * 255);
      }
    }
    return new SlideTile(tileWidth(), tileHeight(), frame.channels(), samples);
  }
}
