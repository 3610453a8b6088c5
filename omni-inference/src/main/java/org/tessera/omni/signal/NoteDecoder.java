package org.tessera.omni.signal;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.Content;
import org.tessera.casemodel.ContentDecoder;
import org.tessera.casemodel.DecodeContext;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.NoteEvidence;
import org.tessera.casemodel.RejectedInputException;

/**
 * Plain text in any common encoding. The text is kept as received, line ends included; only a byte
 * order mark is not part of it.
 */
public final class NoteDecoder implements ContentDecoder {
  /** Most bytes of a note. */
  public static final long MAX_BYTES = 1 << 20;

  private static final int LONGEST_WORD = 60;

  @Override
  public boolean accepts(String mediaType) {
    return mediaType.equals("text/plain");
  }

  @Override
  public List<Evidence> decode(Content content, DecodeContext context)
      throws IOException, RejectedInputException {
    if (content.size() > MAX_BYTES) {
      throw new RejectedInputException(
          "The note has %,d bytes; at most %,d are read.".formatted(content.size(), MAX_BYTES));
    }
    String text = text(content.readAll(MAX_BYTES));
    return List.of(
        new NoteEvidence(
            context.origin(
                content, content.name(), Optional.empty(), Optional.empty(), Optional.empty()),
            () -> text));
  }

  /**
   * The text of a note's bytes.
   *
   * @throws RejectedInputException if they are no text, or a text without words
   */
  public static String text(byte[] bytes) throws RejectedInputException {
    if (bytes.length == 0) {
      throw new RejectedInputException("The note is empty.");
    }
    String text = TextEncoding.decode(bytes);
    if (text.isBlank()) {
      throw new RejectedInputException("The note holds nothing but blanks.");
    }
    if (isBinary(text)) {
      throw new RejectedInputException("The file is not text: it holds binary data.");
    }
    if (!hasWords(text)) {
      throw new RejectedInputException("The note has no words.");
    }
    return text;
  }

  private static boolean isBinary(String text) {
    long odd =
        text.codePoints()
            .filter(each -> Character.getType(each) == Character.CONTROL)
            .filter(each -> !Character.isWhitespace(each) && each != 0x1B && each != 0x85)
            .count();
    return text.indexOf('\0') >= 0 || odd * 100 > text.length();
  }

  /** A word is a run of letters of sensible length, not one letter over and over. */
  private static boolean hasWords(String text) {
    int at = 0;
    while (at < text.length()) {
      int end = at;
      while (end < text.length() && Character.isLetter(text.codePointAt(end))) {
        end += Character.charCount(text.codePointAt(end));
      }
      if (isWord(text.substring(at, end))) {
        return true;
      }
      at = end == at ? at + Character.charCount(text.codePointAt(at)) : end;
    }
    return false;
  }

  private static boolean isWord(String run) {
    long letters = run.codePoints().count();
    long distinct = run.codePoints().map(Character::toLowerCase).distinct().limit(2).count();
    return letters >= 1
        && letters <= LONGEST_WORD
        && (distinct == 2 || Character.isIdeographic(run.codePointAt(0)));
  }
}
