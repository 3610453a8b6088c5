package org.tessera.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.tessera.casemodel.RejectedInputException;

/** The text of a report that somebody else wrote, for example a remote model. */
final class ReportDraft {
  private static final int MOST_BYTES = 80_000;

  private ReportDraft() {}

  /**
   * Reads a draft.
   *
   * @param file UTF-8 text of at most 80,000 bytes
   * @throws RejectedInputException with one sentence, if it cannot be read as that
   */
  static String read(Path file) throws IOException, RejectedInputException {
    if (Files.isDirectory(file)) {
      throw new RejectedInputException("The draft is a folder; it has to be a text file.");
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    } catch (NoSuchFileException e) {
      throw new RejectedInputException("The draft is not there.", e);
    }
    if (bytes.length > MOST_BYTES) {
      throw new RejectedInputException("The draft is longer than 80,000 bytes.");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new RejectedInputException("The draft is not UTF-8 text.", e);
    }
  }
}
