package org.tessera.dicom.evidence;

import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.Content;
import org.tessera.casemodel.ContentDecoder;
import org.tessera.casemodel.DecodeContext;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.casemodel.SlideEvidence;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.slide.Slide;
import org.tessera.dicom.slide.TiffSlide;

/**
 * TIFF files offered as slides: Aperio SVS, pyramids, or a single tissue tile. A file carries no
 * identity that is read: what Aperio writes into the description is no patient.
 */
public final class SlideDecoder implements ContentDecoder {
  private final ParseLimits limits;

  public SlideDecoder() {
    this(ParseLimits.standard());
  }

  public SlideDecoder(ParseLimits limits) {
    this.limits = limits;
  }

  @Override
  public boolean accepts(String mediaType) {
    return mediaType.equals("image/tiff");
  }

  @Override
  public List<Evidence> decode(Content content, DecodeContext context)
      throws IOException, RejectedInputException {
    Slide slide;
    try {
      slide = TiffSlide.open(content, limits);
    } catch (EOFException e) {
      throw new RejectedInputException("The slide is cut off or damaged.", e);
    }
    return List.of(
        new SlideEvidence(
            context.origin(
                content, content.name(), Optional.empty(), Optional.empty(), Optional.empty()),
            slide,
            slide.micronsPerPixel()));
  }
}
