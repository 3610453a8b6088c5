package org.tessera.runtime.dicomweb;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What Jazzer calls for the multipart reader (decision 013): whatever comes is read as parts or
 * refused, and the same however the network cuts it up. The boundary is "b".
 */
public final class MultipartFuzz {
  private MultipartFuzz() {}

  /** The target. */
  public static void fuzzerTestOneInput(byte[] body) throws IOException {
    List<String> whole = read(body, body.length + 1);
    List<String> pieces = read(body, 1 + body.length % 7);
    if (!whole.equals(pieces)) {
      throw new IllegalStateException("The parts depend on how the body arrives.");
    }
  }

  /** The parts as texts; the last one says if the body was refused. */
  static List<String> read(byte[] body, int most) throws IOException {
    List<String> parts = new ArrayList<>();
    try {
      MultipartReader reader = new MultipartReader(new Pieces(body, most), "b");
      for (Optional<MultipartReader.Part> part = reader.next();
          part.isPresent();
          part = reader.next()) {
        byte[] content = part.get().body().readAllBytes();
        parts.add(part.get().headers() + " " + Arrays.hashCode(content));
      }
    } catch (MultipartException e) {
      parts.add("refused");
    }
    return parts;
  }

  /** Gives at most so many bytes at a time. */
  private static final class Pieces extends InputStream {
    private final ByteArrayInputStream in;
    private final int most;

    Pieces(byte[] bytes, int most) {
      this.in = new ByteArrayInputStream(bytes);
      this.most = most;
    }

    @Override
    public int read() {
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int from, int count) {
      return in.read(bytes, from, Math.min(count, most));
    }
  }
}
