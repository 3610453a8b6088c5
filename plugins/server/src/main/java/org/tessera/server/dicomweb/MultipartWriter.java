package org.tessera.server.dicomweb;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.tessera.runtime.dicomweb.RetrievedInstance.Writing;

/** Writes a multipart/related body (RFC 2387). */
final class MultipartWriter {
  private final String boundary = "tessera-" + UUID.randomUUID();

  /** The media type of the whole. */
  String mediaType(String partType) {
    return "multipart/related; type=\"%s\"; boundary=%s".formatted(partType, boundary);
  }

  /**
   * Writes a part, with its length: some readers look for the boundary only where there is none.
   *
   * @param location its address
   */
  void part(OutputStream out, String mediaType, String location, Writing content)
      throws IOException {
    long length = content.length();
    if (length < 0) {
      Counting counting = new Counting();
      content.to(counting);
      length = counting.count;
    }
    String head =
        """
        --%s\r
        Content-Type: %s\r
        Content-Length: %d\r
        Content-Location: %s\r
        MIME-Version: 1.0\r
        \r
        """
            .formatted(boundary, mediaType, length, location);
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    content.to(out);
    out.write('\r');
    out.write('\n');
  }

  /** Only counts. */
  private static final class Counting extends OutputStream {
    private long count;

    @Override
    public void write(int b) {
      count++;
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      count += length;
    }
  }

  void end(OutputStream out) throws IOException {
    out.write(("--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
  }
}
