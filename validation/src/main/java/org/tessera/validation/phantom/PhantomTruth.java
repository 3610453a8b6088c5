package org.tessera.validation.phantom;

import java.util.List;
import java.util.Map;
import org.tessera.casemodel.Modality;
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
 * @param crackleWords words of the note about crackles
 * @param crackles stretches of the recording with crackles
 * @param atypia boxes of the atypical nests, in pixels of the tissue tile
 * @param shows what each modality shows of facts that several share, by name of the fact
 * @param wordings which template of the note a topic was grown from; silent topics are absent
 */
public record PhantomTruth(
    List<PixelRegion> opacities,
    List<TextSpan> feverWords,
    List<TextSpan> claimWords,
    List<TextSpan> crackleWords,
    List<TimeInterval> crackles,
    List<PixelRegion> atypia,
    Map<Modality, Map<String, String>> shows,
    Map<String, String> wordings) {
  /** What the note says of fever. */
  static final String FEVER_WORDING = "fever_wording";

  /** What the note says of crackles. */
  static final String CRACKLE_WORDING = "crackle_wording";

  public PhantomTruth {
    opacities = List.copyOf(opacities);
    feverWords = List.copyOf(feverWords);
    claimWords = List.copyOf(claimWords);
    crackleWords = List.copyOf(crackleWords);
    crackles = List.copyOf(crackles);
    atypia = List.copyOf(atypia);
    shows = Map.copyOf(shows);
    wordings = Map.copyOf(wordings);
  }
}
