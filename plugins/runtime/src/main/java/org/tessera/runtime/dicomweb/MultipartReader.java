package org.tessera.runtime.dicomweb;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a multipart body (RFC 2046 5.1) as a stream: one part after the other, each of any length,
 * with a buffer of 128 KiB in all. Not safe for several threads.
 */
public final class MultipartReader {
  private static final int BUFFER = 1 << 17;

  /** RFC 2046 allows 70; Orthanc's plugin sends 73. */
  private static final int LONGEST_BOUNDARY = 200;

  private static final int LONGEST_LINE = 8192;
  private static final int MOST_HEADERS = 32;
  private static final int LONGEST_PREAMBLE = 1 << 16;
  private static final long LONGEST_SKIPPED = 1L << 30;

  private final InputStream in;
  private final byte[] delimiter;

  /** How far the delimiter moves on at least, by the byte that stands at its end (Horspool). */
  private final int[] steps = new int[256];

  private final byte[] buffer = new byte[BUFFER];
  private int from;
  private int to;

  /** Up to here the buffer holds content; behind it stands or may stand a delimiter. */
  private int content;

  private boolean atDelimiter;
  private boolean ended;
  private boolean begun;
  private @Nullable Body open;

  /**
   * A reader.
   *
   * @param in closed by nobody here
   * @param boundary the parameter of the media type
   * @throws MultipartException if it can be no boundary
   */
  public MultipartReader(InputStream in, String boundary) throws MultipartException {
    if (boundary.isEmpty()
        || boundary.length() > LONGEST_BOUNDARY
        || !boundary.chars().allMatch(c -> c >= ' ' && c < 0x7F)
        || boundary.endsWith(" ")) {
      throw new MultipartException("The media type has no boundary that can be used.");
    }
    this.in = in;
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
    Arrays.fill(steps, delimiter.length);
    for (int i = 0; i < delimiter.length - 1; i++) {
      steps[delimiter[i]] = delimiter.length - 1 - i;
    }
    // The first delimiter may stand at the very beginning, without a line end before it.
    buffer[0] = '\r';
    buffer[1] = '\n';
    to = 2;
  }

  /**
   * A part.
   *
   * @param headers by their names in lower case
   * @param body ends where the part ends; need not be read to its end
   */
  public record Part(Map<String, String> headers, InputStream body) {
    public Part {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * Goes to the next part; what is left of the one before is skipped.
   *
   * @return empty after the last one
   * @throws MultipartException if the body breaks the rules
   */
  public Optional<Part> next() throws IOException {
    if (ended) {
      return Optional.empty();
    }
    skipToDelimiter();
    from += delimiter.length;
    atDelimiter = false;
    content = from;
    if (isClosing()) {
      ended = true;
      return Optional.empty();
    }
    Map<String, String> headers = headers();
    Body body = new Body();
    open = body;
    return Optional.of(new Part(headers, body));
  }

  private void skipToDelimiter() throws IOException {
    if (open != null) {
      open.closed = true;
    }
    long skipped = 0;
    while (more()) {
      skipped += content - from;
      from = content;
      if (!begun && skipped > LONGEST_PREAMBLE) {
        throw new MultipartException("The boundary of the media type is not in the body.");
      }
      if (skipped > LONGEST_SKIPPED) {
        throw new MultipartException("A part that is not wanted does not end.");
      }
    }
    begun = true;
  }

  /** True if there is content in the buffer, false at a delimiter. */
  private boolean more() throws IOException {
    while (from == content) {
      if (atDelimiter) {
        return false;
      }
      if (!scan()) {
        fill();
      }
    }
    return true;
  }

  /** Looks for a delimiter behind the content; false if more bytes are needed to tell. */
  private boolean scan() {
    int at = content;
    int end = delimiter.length - 1;
    byte last = delimiter[end];
    while (at + end < to) {
      byte seen = buffer[at + end];
      if (seen == last && isDelimiter(at, delimiter.length)) {
        content = at;
        atDelimiter = true;
        return true;
      }
      at += steps[seen & 0xFF];
    }
    while (at < to && !isDelimiter(at, to - at)) {
      at++;
    }
    boolean found = at > content;
    content = Math.min(at, to);
    return found;
  }

  /** True if so many bytes are the delimiter's first ones. */
  private boolean isDelimiter(int at, int count) {
    return Arrays.equals(buffer, at, at + count, delimiter, 0, count);
  }

  private void fill() throws IOException {
    if (from > 0) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      content -= from;
      from = 0;
    }
    int read = in.read(buffer, to, buffer.length - to);
    if (read < 0) {
      throw new MultipartException(
          begun
              ? "The body ends before its closing boundary."
              : "The boundary of the media type is not in the body.");
    }
    to += read;
  }

  private int octet() throws IOException {
    while (from == to) {
      content = from;
      fill();
    }
    int value = buffer[from] & 0xFF;
    from++;
    content = from;
    return value;
  }

  /** Reads what stands behind a delimiter on its line. */
  private boolean isClosing() throws IOException {
    int first = octet();
    if (first == '-' && octet() == '-') {
      return true;
    }
    int padding = 0;
    int c = first;
    while (c == ' ' || c == '\t') {
      padding++;
      if (padding > LONGEST_LINE) {
        break;
      }
      c = octet();
    }
    if (c != '\r' || octet() != '\n') {
      throw new MultipartException("Something other than a line end follows a boundary.");
    }
    return false;
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new TreeMap<>();
    String line = line();
    int count = 0;
    while (!line.isEmpty()) {
      count++;
      int colon = line.indexOf(':');
      if (colon < 1 || count > MOST_HEADERS) {
        throw new MultipartException("The headers of a part break the rules of RFC 2046.");
      }
      headers.put(
          line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip());
      line = line();
    }
    return headers;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = octet(); c != '\n'; c = octet()) {
      if (line.length() >= LONGEST_LINE) {
        throw new MultipartException(
            "A header of a part has more than %,d characters.".formatted(LONGEST_LINE));
      }
      line.append((char) c);
    }
    int length = line.length();
    return length > 0 && line.charAt(length - 1) == '\r'
        ? line.substring(0, length - 1)
        : line.toString();
  }

  /** The content of the current part. */
  private final class Body extends InputStream {
    private boolean closed;

    @Override
    public int read() throws IOException {
      if (closed || !more()) {
        return -1;
      }
      int value = buffer[from] & 0xFF;
      from++;
      return value;
    }

    @Override
    public int read(byte[] bytes, int at, int count) throws IOException {
      if (count == 0) {
        return 0;
      }
      if (closed || !more()) {
        return -1;
      }
      int copied = Math.min(count, content - from);
      System.arraycopy(buffer, from, bytes, at, copied);
      from += copied;
      return copied;
    }

    @Override
    public long transferTo(OutputStream out) throws IOException {
      long sum = 0;
      while (!closed && more()) {
        int start = from;
        from = content;
        out.write(buffer, start, from - start);
        sum += from - start;
      }
      return sum;
    }
  }
}
