package org.tessera.validation.phantom;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tessera.casemodel.Coding;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.RecordFact;

/**
 * What the modalities of a phantom show of the facts that several of them share. Image and sound
 * show what the phantom is; a note or a record shows what it says: without a word about a pacemaker
 * it counts as none, without a word about a cough that was heard, or about the sex, it shows
 * nothing of it.
 */
final class ShownTruth {
  static final String SEX = "sex";
  static final String PACEMAKER = "pacemaker";
  static final String COUGH = "cough-heard";
  static final String FEVER = "fever";

  private ShownTruth() {}

  /** Facts by modality, each with its value. */
  static Map<Modality, Map<String, String>> of(
      PhantomCauses causes, Phrase note, List<RecordFact> record) {
    String sex = causes.sex().name().toLowerCase(Locale.ROOT);
    Map<String, String> said = new HashMap<>(note.said());
    if (note.isGendered()) {
      said.put(SEX, sex);
    }
    Map<String, String> recorded = new HashMap<>();
    recorded.put(SEX, sex);
    recorded.put(PACEMAKER, Boolean.toString(names(record, RecordComposer.PACEMAKER)));
    if (names(record, RecordComposer.COUGH)) {
      recorded.put(COUGH, "true");
    }
    Map<Modality, Map<String, String>> shown = new EnumMap<>(Modality.class);
    shown.put(
        Modality.IMAGE, Map.of(SEX, sex, PACEMAKER, Boolean.toString(causes.pacemaker())));
    shown.put(Modality.AUDIO, Map.of(COUGH, Boolean.toString(causes.coughs() > 0)));
    shown.put(Modality.NOTE, said);
    shown.put(Modality.RECORD, recorded);
    return shown;
  }

  private static boolean names(List<RecordFact> record, Coding code) {
    return record.stream().anyMatch(fact -> fact.code().filter(code::equals).isPresent());
  }
}
