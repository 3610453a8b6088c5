package org.tessera.omni.signal;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.tessera.casemodel.Content;
import org.tessera.casemodel.ContentDecoder;
import org.tessera.casemodel.DecodeContext;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.EvidenceOrigin;
import org.tessera.casemodel.ImageEvidence;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.casemodel.SlideEvidence;

/**
 * JPEG, PNG and TIFF pictures of 8 or 16 bits, grey, RGB or palette; transparency is laid on white.
 * A picture offered as {@code slide} becomes tissue, any other a radiograph. The Exif or TIFF
 * orientation is kept beside the pixels, which stay as stored. Pages of one size are frames; of
 * pages of different sizes only the first is read.
 */
public final class RasterDecoder implements ContentDecoder {
  private static final Set<String> TYPES = Set.of("image/jpeg", "image/png", "image/tiff");

  @Override
  public boolean accepts(String mediaType) {
    return TYPES.contains(mediaType);
  }

  @Override
  public List<Evidence> decode(Content content, DecodeContext context)
      throws IOException, RejectedInputException {
    byte[] bytes = content.readAll(RasterPixels.MAX_BYTES);
    RasterHeader header = RasterHeader.of(bytes);
    RasterPixels pixels = new RasterPixels(content, header, bytes);
    EvidenceOrigin origin =
        context.origin(
            content, content.name(), Optional.empty(), Optional.empty(), Optional.empty());
    if (context.requested().equals(Optional.of(Modality.SLIDE))) {
      return List.of(new SlideEvidence(origin, pixels, OptionalDouble.empty()));
    }
    return List.of(
        new ImageEvidence(
            origin,
            pixels,
            header.orientation(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalDouble.empty(),
            Optional.empty()));
  }
}
