package org.tessera.runtime.analyze;

/**
 * A resource that is kept.
 *
 * @param type for example {@code DiagnosticReport}
 * @param id its logical id
 */
public record ResourceKey(String type, String id) {

  @Override
  public String toString() {
    return type + "/" + id;
  }
}
