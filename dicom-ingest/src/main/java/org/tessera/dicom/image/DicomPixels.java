package org.tessera.dicom.image;

import java.io.IOException;
import java.lang.ref.SoftReference;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.PixelSource;
import org.tessera.casemodel.PixelTile;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.ParseLimits;

/**
 * The pixels of a DICOM image, ready for display. The frame read last is kept while memory allows.
 */
public final class DicomPixels implements PixelSource {
  private record Kept(int number, DisplayFrame frame) {}

  private final Attributes image;
  private final PixelData data;
  private final int channels;
  private SoftReference<Kept> kept;

  /** Decodes the first frame, so that an image that cannot be shown is refused at once. */
  public DicomPixels(DicomFile file, ParseLimits limits) throws RejectedInputException {
    this.image = file.dataset();
    this.data = PixelData.of(file, limits);
    DisplayFrame first = decoded(1);
    this.channels = first.channels();
    this.kept = new SoftReference<>(new Kept(1, first));
  }

  private DisplayFrame decoded(int number) throws RejectedInputException {
    return DisplayFrame.of(data.frame(number), image, data.format(), number);
  }

  @Override
  public int width() {
    return data.columns();
  }

  @Override
  public int height() {
    return data.rows();
  }

  @Override
  public int frames() {
    return data.frames();
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public PixelTile read(PixelRegion region, double downsample) throws IOException {
    RegionAverage average = new RegionAverage(region, downsample, channels);
    average.add(frame(region.frame()));
    return average.tile();
  }

  private synchronized DisplayFrame frame(int number) throws IOException {
    Kept last = kept.get();
    if (last != null && last.number() == number) {
      return last.frame();
    }
    try {
      DisplayFrame frame = decoded(number);
      kept = new SoftReference<>(new Kept(number, frame));
      return frame;
    } catch (RejectedInputException e) {
      throw new IOException(e.sentence(), e);
    }
  }
}
