package org.tessera.omni.train;

import java.util.ArrayList;
import java.util.List;

/**
 * Notes that say nothing about any finding. They are mixed in where a data set has no notes, so
 * that the presence of a note can never mean a disease.
 */
public final class NeutralNotes {
  private static final List<String> OPENINGS =
      List.of(
          "Chest X-ray.",
          "Radiograph of the chest.",
          "Portable chest film.",
          "One view of the chest was obtained.",
          "Examination: chest, single view.",
          "Study performed as requested.",
          "Imaging request received.",
          "Sample received for review.",
          "Recording made with a telephone.",
          "Recording made at home.",
          "Tissue section, stained as usual.",
          "The patient was seen in the clinic today.");
  private static final List<String> CLOSINGS =
      List.of(
          "",
          "No further information was given.",
          "Comparison: none.",
          "Technique: standard.",
          "Quality is adequate.",
          "The referring physician asks for an opinion.",
          "Clinical details were not supplied.",
          "Please report.",
          "The examination was tolerated well.");

  private NeutralNotes() {}

  /** All of them, always in the same order. */
  public static List<String> all() {
    List<String> all = new ArrayList<>();
    for (String opening : OPENINGS) {
      for (String closing : CLOSINGS) {
        all.add((opening + " " + closing).strip());
      }
    }
    return all;
  }
}
