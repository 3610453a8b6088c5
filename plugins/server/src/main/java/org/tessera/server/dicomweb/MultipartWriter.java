package org.tessera.server.dicomweb;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.tessera.runtime.dicomweb.RetrievedInstance.Writing;

/** Writes a multipart/related body (RFC 2387). */
final class MultipartWriter {
  private static final byte[] LINE_END = {'\r', '\n'};

  private final String boundary = "tessera-" + UUID.randomUUID();

  /** The media type of the whole. */
  String mediaType(String partType) {
    return "multipart/related; type=\"%s\"; boundary=%s".formatted(partType, boundary);
  }

  /**
   * A part.
   *
   * @param mediaType of its content
   * @param location its address
   * @param content what it has
   */
  record Part(String mediaType, String location, Writing content) {}

  /** Parts and the end, with a length if the lengths of all parts are known. */
  Writing whole(List<Part> parts) {
    return new Writing() {
      @Override
      public void to(OutputStream out) throws IOException {
        for (Part part : parts) {
          part(out, part);
        }
        end(out);
      }

      @Override
      public long length() {
        long sum = end().length;
        for (Part part : parts) {
          long length = part.content().length();
          if (length < 0) {
            return -1;
          }
          sum += head(part, length).length + length + LINE_END.length;
        }
        return sum;
      }
    };
  }

  /** Writes a part, with its length: some readers look for the boundary only if there is none. */
  void part(OutputStream out, Part part) throws IOException {
    long length = part.content().length();
    if (length < 0) {
      Counting counting = new Counting();
      part.content().to(counting);
      length = counting.count;
    }
    out.write(head(part, length));
    part.content().to(out);
    out.write(LINE_END);
  }

  private byte[] head(Part part, long length) {
    return """
        --%s\r
        Content-Type: %s\r
        Content-Length: %d\r
        Content-Location: %s\r
        MIME-Version: 1.0\r
        \r
        """
        .formatted(boundary, part.mediaType(), length, part.location())
        .getBytes(StandardCharsets.US_ASCII);
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
    out.write(end());
  }

  private byte[] end() {
    return ("--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII);
  }
}
