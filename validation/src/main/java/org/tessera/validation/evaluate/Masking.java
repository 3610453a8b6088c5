package org.tessera.validation.evaluate;

import java.util.Locale;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.ImageEvidence;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.PatientCase;

/**
 * What of a radiograph the model is shown, to learn where its answer comes from: a model that looks
 * at lungs does well without the border and badly with the border only.
 */
public enum Masking {
  /** The outer {@link MaskedPixels#FRAME} of each side is filled. */
  BORDER_BLANKED,
  /** All but the outer {@link MaskedPixels#FRAME} of each side is filled. */
  BORDER_ONLY;

  /** The name used in JSON. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The same case with its images masked; their hashes still name the original. */
  PatientCase apply(PatientCase original) {
    return new PatientCase(
        original.id(),
        original.patient(),
        original.evidence().stream().map(this::apply).toList(),
        original.rejected(),
        original.composed());
  }

  /** True if the case has something to mask. */
  static boolean applies(PatientCase patientCase) {
    return !patientCase.of(Modality.IMAGE).isEmpty();
  }

  private Evidence apply(Evidence evidence) {
    return evidence instanceof ImageEvidence image
        ? image.with(new MaskedPixels(image.pixels(), this == BORDER_ONLY))
        : evidence;
  }
}
