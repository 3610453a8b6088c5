package org.tessera.runtime;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a user asks to be analysed: one case.
 *
 * @param inputs files and folders, in the order given
 * @param manifest a CSV that gives identity and time to files that carry none, and may name more
 *     files
 * @param patient the identifier that the user gives the patient; it names the case and never
 *     overrides a conflict
 * @param name the identifier of the case, where it has one already; else it is made of the inputs
 * @param draft a report's text by somebody else, whose sentences are held against the findings
 */
public record CaseRequest(
    List<CaseInput> inputs,
    Optional<Path> manifest,
    Optional<String> patient,
    Optional<String> name,
    Optional<Path> draft) {
  public CaseRequest {
    inputs = List.copyOf(inputs);
  }

  /** A case without a draft. */
  public CaseRequest(
      List<CaseInput> inputs,
      Optional<Path> manifest,
      Optional<String> patient,
      Optional<String> name) {
    this(inputs, manifest, patient, name, Optional.empty());
  }

  /** A case without a name of its own. */
  public CaseRequest(
      List<CaseInput> inputs, Optional<Path> manifest, Optional<String> patient) {
    this(inputs, manifest, patient, Optional.empty());
  }
}
