package org.tessera.validation.baseline;

import java.io.IOException;
import org.tessera.casemodel.Content;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.NoteEvidence;

/** How long the note is, in code points: longer notes are written about sicker patients. */
record NoteLength() implements Baseline {
  @Override
  public String name() {
    return "length";
  }

  @Override
  public Modality modality() {
    return Modality.NOTE;
  }

  @Override
  public Kind kind() {
    return Kind.SHORTCUT;
  }

  @Override
  public double[] features(Content content, Evidence evidence) throws IOException {
    if (!(evidence instanceof NoteEvidence note)) {
      throw new IOException("The evidence is not a note.");
    }
    String text = note.text().text();
    return new double[] {Math.log1p(text.codePointCount(0, text.length()))};
  }
}
