package org.tessera.validation.phantom;

import java.util.List;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.TextSpan;
import org.tessera.casemodel.TimeInterval;

/**
 * Where the evidence of a case shows what it shows.
 *
 * @param opacities boxes of the opacities, in source pixels; nothing outside them depends on the
 *     opacities
 * @param feverWords words of the note that assert fever
 * @param claimWords words of the note that assert or deny an opacity
 * @param crackles stretches of the recording with crackles
 */
public record PhantomTruth(
    List<PixelRegion> opacities,
    List<TextSpan> feverWords,
    List<TextSpan> claimWords,
    List<TimeInterval> crackles) {
  public PhantomTruth {
    opacities = List.copyOf(opacities);
    feverWords = List.copyOf(feverWords);
    claimWords = List.copyOf(claimWords);
    crackles = List.copyOf(crackles);
  }
}
