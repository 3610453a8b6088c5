package org.tessera.explain;

import java.util.HashMap;
import java.util.Map;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.NoteEvidence;
import org.tessera.casemodel.PatientCase;

/** Where the words of the notes of a case lie, in code points. */
final class NoteWords {
  private final Map<String, int[]> texts = new HashMap<>();

  NoteWords(PatientCase patientCase) {
    for (Evidence evidence : patientCase.evidence()) {
      if (evidence instanceof NoteEvidence note) {
        texts.put(note.id(), note.text().text().codePoints().toArray());
      }
    }
  }

  /** True if a cut before this code point would divide a word. */
  boolean divides(String evidence, int offset) {
    int[] text = texts.get(evidence);
    return text != null
        && offset > 0
        && offset < text.length
        && Character.isLetterOrDigit(text[offset - 1])
        && Character.isLetterOrDigit(text[offset]);
  }
}
