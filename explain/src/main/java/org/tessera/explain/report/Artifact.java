package org.tessera.explain.report;

/**
 * A file that was written for a case.
 *
 * @param file path relative to the folder of the case, with forward slashes
 * @param kind what it is: {@code result}, {@code report}, {@code overlay}, {@code picture}, {@code
 *     spectrogram}, {@code fhir-bundle}, ...
 */
public record Artifact(String file, String kind) {
  public Artifact {
    if (file.isBlank() || file.startsWith("/") || file.contains("..") || file.contains("\\")) {
      throw new IllegalArgumentException("Not a relative file name.");
    }
  }
}
