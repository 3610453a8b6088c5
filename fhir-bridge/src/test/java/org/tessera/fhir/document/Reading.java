package org.tessera.fhir.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.tessera.casemodel.RejectedInputException;

/** Documents of the tests, read. */
final class Reading {
  private Reading() {}

  static DocumentText of(String mediaType, String document)
      throws IOException, RejectedInputException {
    return of(mediaType, document.getBytes(StandardCharsets.ISO_8859_1));
  }

  static DocumentText of(String mediaType, byte[] document)
      throws IOException, RejectedInputException {
    assertThat(DocumentText.isDocument(mediaType, document)).isTrue();
    return DocumentText.read(mediaType, Optional.empty(), document);
  }

  /** The one sentence with which a document is refused. */
  static String refusal(String mediaType, byte[] document) {
    RejectedInputException refused =
        catchThrowableOfType(
            RejectedInputException.class, () -> of(mediaType, document));
    assertThat(refused).as("the document must be refused").isNotNull();
    assertThat(refused.sentence())
        .matches("[A-Z][^\\n]*\\.")
        .doesNotContain("Exception", "com.", "org.");
    return refused.sentence();
  }
}
