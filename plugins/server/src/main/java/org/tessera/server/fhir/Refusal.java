package org.tessera.server.fhir;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.util.List;

/** An answer that is an error, with sentences of ours. */
final class Refusal extends BaseServerResponseException {
  private static final long serialVersionUID = 1L;

  /**
   * A refusal.
   *
   * @param status of HTTP
   * @param sentences at least one
   */
  Refusal(int status, List<String> sentences) {
    super(status, sentences.getFirst(), Outcomes.error(status, sentences));
  }
}
