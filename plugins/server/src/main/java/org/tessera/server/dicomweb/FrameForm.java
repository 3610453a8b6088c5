package org.tessera.server.dicomweb;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tessera.runtime.dicomweb.RetrievedInstance;

/**
 * How frames are given (PS3.18 8.7.3).
 *
 * @param decoded as values, not as they are stored
 * @param multipart in parts
 * @param type media type of a frame
 * @param syntax transfer syntax of a frame
 */
record FrameForm(boolean decoded, boolean multipart, String type, String syntax) {
  private static final String OCTETS = "application/octet-stream";
  private static final String EXPLICIT_LITTLE = "1.2.840.10008.1.2.1";
  private static final Set<String> PLAIN =
      Set.of(EXPLICIT_LITTLE, "1.2.840.10008.1.2", "1.2.840.10008.1.2.2", "*");

  String mediaType() {
    return type + "; transfer-syntax=" + syntax;
  }

  static FrameForm chosen(List<MediaRange> ranges, RetrievedInstance instance)
      throws WebException {
    for (MediaRange each : ranges) {
      Optional<FrameForm> form =
          instance.isCompressed() ? compressed(each, instance) : plain(each);
      if (form.isPresent()) {
        return form.get();
      }
    }
    throw new WebException(
        406, "The frames of this object are given as application/octet-stream or as "
            + instance.frameType() + ".");
  }

  private static boolean inParts(MediaRange range) {
    return range.isMultipart() || range.type().equals("*/*");
  }

  private static Optional<FrameForm> plain(MediaRange range) {
    boolean taken = range.takes(OCTETS) && PLAIN.contains(range.syntax().orElse("*"));
    return taken
        ? Optional.of(new FrameForm(false, inParts(range), OCTETS, EXPLICIT_LITTLE))
        : Optional.empty();
  }

  private static Optional<FrameForm> compressed(MediaRange range, RetrievedInstance instance) {
    String stored = instance.syntax();
    String syntax = range.syntax().orElse("");
    boolean any = syntax.equals("*") || syntax.equals(stored);
    if (range.content().equals(OCTETS)) {
      if (any) {
        return Optional.of(new FrameForm(false, inParts(range), OCTETS, stored));
      }
      return syntax.isEmpty() || PLAIN.contains(syntax)
          ? Optional.of(new FrameForm(true, inParts(range), OCTETS, EXPLICIT_LITTLE))
          : Optional.empty();
    }
    return range.takes(instance.frameType()) && (any || syntax.isEmpty())
        ? Optional.of(new FrameForm(false, inParts(range), instance.frameType(), stored))
        : Optional.empty();
  }
}
