package org.tessera.omni.signal;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.HashMap;
import java.util.Map;
import org.tessera.casemodel.Content;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.PixelSource;
import org.tessera.casemodel.PixelTile;
import org.tessera.casemodel.RejectedInputException;

/**
 * The pixels of a picture file. A frame is decoded when first asked for, and kept as long as there
 * is memory for it.
 */
final class RasterPixels implements PixelSource {
  /** Most bytes of a picture file. */
  static final long MAX_BYTES = 256L << 20;

  private final Content content;
  private final RasterHeader header;
  private final int channels;
  private final Map<Integer, SoftReference<Samples>> decoded = new HashMap<>();

  /** Decodes the first frame, so that a broken picture is refused now and not later. */
  RasterPixels(Content content, RasterHeader header, byte[] bytes) throws RejectedInputException {
    this.content = content;
    this.header = header;
    Samples first = Samples.decode(bytes, header, 1);
    channels = first.channels();
    decoded.put(1, new SoftReference<>(first));
  }

  @Override
  public int width() {
    return header.width();
  }

  @Override
  public int height() {
    return header.height();
  }

  @Override
  public int frames() {
    return header.frames();
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public PixelTile read(PixelRegion region, double downsample) throws IOException {
    if (!(downsample >= 1) || region.frame() > frames()) {
      throw new IllegalArgumentException(
          "Downsample %s, frame %d of %d".formatted(downsample, region.frame(), frames()));
    }
    return samples(region.frame()).averaged(region, downsample);
  }

  private synchronized Samples samples(int frame) throws IOException {
    SoftReference<Samples> kept = decoded.get(frame);
    Samples samples = kept == null ? null : kept.get();
    if (samples == null) {
      try {
        samples = Samples.decode(content.readAll(MAX_BYTES), header, frame);
      } catch (RejectedInputException e) {
        throw new IOException(e.sentence(), e);
      }
      if (samples.channels() != channels) {
        throw new IOException("The frames of the picture differ in colour.");
      }
      decoded.put(frame, new SoftReference<>(samples));
    }
    return samples;
  }
}
