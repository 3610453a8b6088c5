package org.tessera.omni.model;

import java.util.List;
import java.util.Map;
import org.tessera.omni.model.Safetensors.Tensor;

/** The words that travel with a model of this catalog, and a bundle to begin with. */
public final class ShippedCard {
  private ShippedCard() {}

  /**
   * A bundle of weights that nothing is known about yet: no calibration, no memory, every finding
   * unmeasured.
   *
   * @param version of the model
   * @param sets names of the data sets that taught it
   */
  public static ModelBundle unmeasured(
      String version, ModelConfig config, Map<String, Tensor> weights, List<String> sets) {
    return new ModelBundle(
        "tessera-omni-small",
        version,
        config,
        "Research and demonstration. Not a medical device: not for diagnosis, triage or treatment."
            + " Every finding has to be confirmed by a clinician on the original evidence.",
        sets.stream().sorted().map(ShippedCard::source).toList(),
        List.of(
            "Radiographs: one hospital, children of 1 to 5 years, AP view; nothing is known of"
                + " adults, other hospitals or other views.",
            "The pneumonia-against-normal labels of the training set follow the image compression:"
                + " the finding is never reported.",
            "Covid-19 labels of the coughs follow the recording channel: the finding is never"
                + " reported.",
            "Tissue: augmented copies of few slides of one laboratory, grey values only.",
            "Notes are read in English; no real data set here pairs notes with images, so that a"
                + " benefit of reading both was shown on phantoms only.",
            "Phantom findings are about drawings made by this project, never about a patient."),
        Map.of(),
        FindingCatalog.entries().stream().map(FindingCatalog.Entry::profile).toList(),
        weights,
        TrainingMemory.EMPTY);
  }

  private static String source(String set) {
    return switch (set) {
      case "cxr-kermany" ->
          "cxr-kermany: paediatric chest radiographs, Kermany 2018, doi:10.17632/rscbjbr9sj,"
              + " CC BY 4.0 (train split)";
      case "cough-events" -> "cough-events: from COUGHVID, CC BY 4.0 (train split)";
      case "cough-covid" -> "cough-covid: covid19-cough dataset, CC0 (train split)";
      case "pathology-tiles" ->
          "pathology-tiles: LC25000 lung tiles, arXiv:1912.12142 (train split)";
      case "phantom" -> "phantom: drawn by this project, synthetic";
      default -> set;
    };
  }
}
