package org.tessera.casemodel;

/**
 * A coded concept.
 *
 * @param system URI of the code system, for example {@code http://snomed.info/sct}
 * @param code the code
 * @param display words for a person
 */
public record Coding(String system, String code, String display) {
  /** URI of SNOMED CT. */
  public static final String SNOMED_CT = "http://snomed.info/sct";

  /** Code system of phantom findings: drawn by the project, never a clinical code. */
  public static final String PHANTOM = "urn:tessera:phantom";
}
