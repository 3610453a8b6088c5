package org.tessera.casemodel;

import java.util.List;
import java.util.Optional;

/**
 * One sentence of the report.
 *
 * @param sentence the words
 * @param findings ids of the supported findings that entail it
 * @param passed false if it was struck out
 * @param reason why it was struck out
 */
public record NarrativeSentence(
    String sentence, List<String> findings, boolean passed, Optional<String> reason) {
  public NarrativeSentence {
    findings = List.copyOf(findings);
  }
}
