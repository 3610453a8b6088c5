package org.tessera.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tessera.casemodel.Content;
import org.tessera.casemodel.RejectedInputException;

/** The bytes of content with random access: its file, or a short one in memory. */
public final class Spool {
  private static final long IN_MEMORY = 16L << 20;
  private static final int CHUNK = 1 << 16;

  private Spool() {}

  public static FileBytes bytes(Content content, ParseLimits limits)
      throws IOException, RejectedInputException {
    if (content.file().isPresent()) {
      return FileBytes.of(content.file().get());
    }
    if (content.size() <= IN_MEMORY) {
      return FileBytes.of(content.readAll(IN_MEMORY));
    }
    Path temporary = ScratchFolder.newFile(".dcm");
    try {
      copy(content, temporary, limits.maxSpooledBytes());
      return FileBytes.of(temporary);
    } finally {
      // The mapping keeps the bytes; where the system forbids this, it goes at the end.
      if (!temporary.toFile().delete()) {
        temporary.toFile().deleteOnExit();
      }
    }
  }

  private static void copy(Content content, Path target, long limit)
      throws IOException, RejectedInputException {
    try (InputStream in = content.open();
        OutputStream out = Files.newOutputStream(target)) {
      byte[] chunk = new byte[CHUNK];
      long total = 0;
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        total += count;
        if (total > limit) {
          throw new RejectedInputException(
              "The file has more than the %,d bytes that are read.".formatted(limit));
        }
        out.write(chunk, 0, count);
      }
    }
  }
}
