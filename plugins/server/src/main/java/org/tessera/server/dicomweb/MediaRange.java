package org.tessera.server.dicomweb;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A media type of a header, with its parameters (RFC 9110 8.3.1 and 12.5.1).
 *
 * @param type in lower case, for example {@code multipart/related}
 * @param parameters names in lower case; quotes removed
 */
record MediaRange(String type, Map<String, String> parameters) {
  private static final int MOST = 64;

  MediaRange {
    parameters = Map.copyOf(parameters);
  }

  /** The ranges of an Accept header, the most wanted first; everything, if there is none. */
  static List<MediaRange> accepted(List<String> headers) {
    List<MediaRange> ranges = new ArrayList<>();
    for (String header : headers) {
      for (String each : split(header, ',')) {
        if (ranges.size() < MOST && !each.isBlank()) {
          ranges.add(of(each));
        }
      }
    }
    if (ranges.isEmpty()) {
      ranges.add(of("*/*"));
    }
    ranges.removeIf(each -> each.quality() <= 0);
    ranges.sort(Comparator.comparingDouble(MediaRange::quality).reversed());
    return ranges;
  }

  /** One media type. */
  static MediaRange of(String text) {
    List<String> parts = split(text, ';');
    Map<String, String> parameters = new TreeMap<>();
    for (String part : parts.subList(1, parts.size())) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        String value = part.substring(equals + 1).strip();
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        parameters.put(
            part.substring(0, equals).strip().toLowerCase(Locale.ROOT),
            quoted ? value.substring(1, value.length() - 1) : value);
      }
    }
    return new MediaRange(parts.getFirst().strip().toLowerCase(Locale.ROOT), parameters);
  }

  /** Splits where no quotes are open. */
  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  private double quality() {
    try {
      return Double.parseDouble(parameters.getOrDefault("q", "1"));
    } catch (NumberFormatException e) {
      return 1;
    }
  }

  boolean isMultipart() {
    return type.equals("multipart/related");
  }

  /** What is in the parts, or the type itself. */
  String content() {
    return isMultipart()
        ? parameters.getOrDefault("type", "*/*").toLowerCase(Locale.ROOT)
        : type;
  }

  /** True if content of that type is accepted. */
  boolean takes(String mediaType) {
    String content = content();
    int slash = mediaType.indexOf('/');
    return content.equals("*/*")
        || content.equals(mediaType)
        || content.equals(mediaType.substring(0, slash) + "/*");
  }

  /** The transfer syntax that is asked for; {@code *} is any. */
  Optional<String> syntax() {
    return Optional.ofNullable(parameters.get("transfer-syntax"));
  }
}
