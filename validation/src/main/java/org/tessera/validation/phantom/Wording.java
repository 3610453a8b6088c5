package org.tessera.validation.phantom;

import java.util.List;
import java.util.Map;

/**
 * The templates that notes are grown from (see {@link Phrase}).
 *
 * @param fever sentences by what they say of fever; none for {@code SILENT}
 * @param claims sentences by what they say of an opacity; none for {@code SILENT}
 * @param auscultation sentences by whether they say that crackles were heard
 * @param pacemaker sentences that mention a pacemaker
 * @param coughing sentences by whether they say that the patient coughs
 * @param indications why the picture was asked for: independent of every finding
 * @param remarks anything else: independent of every finding
 * @param opening who it is about
 * @param firstHeadings before the indication
 * @param secondHeadings before the rest
 */
record Wording(
    Map<FeverMention, List<String>> fever,
    Map<NoteClaim, List<String>> claims,
    Map<Boolean, List<String>> auscultation,
    List<String> pacemaker,
    Map<Boolean, List<String>> coughing,
    List<String> indications,
    List<String> remarks,
    String opening,
    List<String> firstHeadings,
    List<String> secondHeadings) {
  static final String OPENING =
      "$age(-year-old| year old) $person(|, (seen today|known here|first visit)).";
  static final List<String> FIRST =
      List.of("INDICATION: ", "REASON FOR EXAM: ", "CLINICAL QUESTION: ");
  static final List<String> SECOND =
      List.of("HISTORY: ", "CLINICAL INFORMATION: ", "NOTES: ");

  static Wording of(PhantomWorld world) {
    return switch (world) {
      case TRAIN -> FamiliarWording.ALL;
      case VALIDATION -> ReservedWording.ALL;
      case TEST -> UnseenWording.ALL;
    };
  }
}
