package org.tessera.runtime;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.Content;
import org.tessera.casemodel.ContentDecoder;
import org.tessera.casemodel.DecodeContext;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.evidence.SlideDecoder;
import org.tessera.omni.signal.RasterDecoder;

/** TIFF files: read by region where a slide was asked for, else as pictures. */
final class TiffDecoder implements ContentDecoder {
  private final SlideDecoder slides = new SlideDecoder();
  private final RasterDecoder pictures = new RasterDecoder();

  @Override
  public boolean accepts(String mediaType) {
    return slides.accepts(mediaType);
  }

  @Override
  public List<Evidence> decode(Content content, DecodeContext context)
      throws IOException, RejectedInputException {
    boolean slide = context.requested().equals(Optional.of(Modality.SLIDE));
    return (slide ? slides : pictures).decode(content, context);
  }
}
