package org.tessera.dicom.net;

import java.io.IOException;

/** An association has come to its end before its time. The message is one sentence. */
public class AssociationException extends IOException {
  private static final long serialVersionUID = 1L;

  AssociationException(String sentence) {
    super(sentence);
  }

  AssociationException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
