package org.tessera.omni.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tessera.casemodel.Coding;
import org.tessera.casemodel.Modality;

/** The findings that the embedded model is trained to answer, and what teaches each of them. */
public final class FindingCatalog {
  private static final String RADIOGRAPH = "paediatric chest radiograph";
  private static final String COUGH = "cough recording";
  private static final String TILE = "tile of stained lung tissue";

  private static final List<Entry> ENTRIES =
      List.of(
          real(
              "bacterial-pneumonia",
              "53084003",
              "Bacterial pneumonia",
              Modality.IMAGE,
              RADIOGRAPH + " that shows pneumonia",
              "cxr-kermany"),
          real("pneumonia", "233604007", "Pneumonia", Modality.IMAGE, RADIOGRAPH, "cxr-kermany"),
          real("cough", "49727002", "Cough", Modality.AUDIO, COUGH, "cough-events"),
          real("covid-cough", "840539006", "COVID-19", Modality.AUDIO, COUGH, "cough-covid"),
          real(
              "adenocarcinoma",
              "254626006",
              "Adenocarcinoma of lung",
              Modality.SLIDE,
              TILE,
              "pathology-tiles"),
          real(
              "squamous-cell-carcinoma",
              "254634000",
              "Squamous cell carcinoma of lung",
              Modality.SLIDE,
              TILE,
              "pathology-tiles"),
          phantom(
              "phantom-opacity",
              "Phantom: drawn lung opacity",
              Set.of(Modality.IMAGE),
              "phantom radiograph"),
          phantom(
              "phantom-crackles",
              "Phantom: synthesized crackles",
              Set.of(Modality.AUDIO),
              "phantom recording"),
          phantom(
              "phantom-infection",
              "Phantom: drawn opacity with stated fever",
              Set.of(Modality.IMAGE, Modality.NOTE),
              "phantom radiograph with a note"),
          phantom(
              "phantom-atypia",
              "Phantom: drawn nest of atypical cells",
              Set.of(Modality.SLIDE),
              "phantom tissue"),
          disagreement(
              "phantom-discordance",
              "Phantom: record and image disagree about an opacity",
              Set.of(Modality.IMAGE, Modality.RECORD),
              "phantom radiograph with a record"),
          disagreement(
              "phantom-mismatch",
              "Phantom: note and sound disagree about crackles",
              Set.of(Modality.AUDIO, Modality.NOTE),
              "phantom recording with a note"));

  private FindingCatalog() {}

  /**
   * One finding of the catalog.
   *
   * @param profile the finding as far as it is known before training
   * @param set the data set that teaches it
   */
  public record Entry(FindingProfile profile, String set) {}

  /** All findings, in the order of the model's queries. */
  public static List<Entry> entries() {
    return ENTRIES;
  }

  /** The keys, in the same order. */
  public static List<String> keys() {
    return ENTRIES.stream().map(entry -> entry.profile().key()).toList();
  }

  /**
   * The entry of a key.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Entry of(String key) {
    return ENTRIES.stream()
        .filter(entry -> entry.profile().key().equals(key))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No such finding: " + key));
  }

  private static Entry real(
      String key, String code, String display, Modality decidedBy, String subject, String set) {
    return entry(
        key,
        new Coding(Coding.SNOMED_CT, code, display),
        Set.of(decidedBy),
        false,
        subject,
        false,
        set);
  }

  private static Entry phantom(
      String key, String display, Set<Modality> decidedBy, String subject) {
    return phantom(key, display, decidedBy, false, subject);
  }

  private static Entry disagreement(
      String key, String display, Set<Modality> decidedBy, String subject) {
    return phantom(key, display, decidedBy, true, subject);
  }

  private static Entry phantom(
      String key, String display, Set<Modality> decidedBy, boolean disagreement, String subject) {
    Coding coding = new Coding(Coding.PHANTOM, key.substring("phantom-".length()), display);
    return entry(key, coding, decidedBy, disagreement, subject, true, "phantom");
  }

  private static Entry entry(
      String key,
      Coding coding,
      Set<Modality> decidedBy,
      boolean disagreement,
      String subject,
      boolean phantom,
      String set) {
    return new Entry(
        new FindingProfile(
            key,
            coding,
            decidedBy,
            disagreement,
            subject,
            phantom,
            Optional.empty(),
            Optional.empty(),
            Map.of()),
        set);
  }
}
