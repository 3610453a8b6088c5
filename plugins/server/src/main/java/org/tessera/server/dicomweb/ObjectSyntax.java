package org.tessera.server.dicomweb;

import java.util.List;
import java.util.Optional;

/** In which transfer syntax an object is given (PS3.18 8.7.3.5.2). */
final class ObjectSyntax {
  private static final String EXPLICIT_LITTLE = "1.2.840.10008.1.2.1";

  private ObjectSyntax() {}

  /**
   * Chooses: as it is stored, if that is accepted, else the first that is asked for; explicit
   * little endian, if none is asked for.
   */
  static String chosen(List<MediaRange> ranges, String stored) {
    boolean asStored =
        ranges.stream()
            .anyMatch(
                each ->
                    each.syntax().filter(s -> s.equals("*") || s.equals(stored)).isPresent()
                        || each.type().equals("*/*"));
    if (asStored) {
      return stored;
    }
    return ranges.stream()
        .map(MediaRange::syntax)
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(EXPLICIT_LITTLE);
  }
}
