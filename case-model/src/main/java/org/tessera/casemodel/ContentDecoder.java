package org.tessera.casemodel;

import java.io.IOException;
import java.util.List;

/** Turns content of certain media types into evidence. Stateless and safe for several threads. */
public interface ContentDecoder {

  /** True if this decoder reads content of that media type for that kind. */
  boolean accepts(String mediaType);

  /**
   * Decodes the content far enough to know that it can be used; pixels and sound may be read later.
   *
   * @return at least one evidence; each got an id from {@code context}
   * @throws RejectedInputException if the content cannot be used, with one clear sentence
   * @throws IOException if the content cannot be read at all
   */
  List<Evidence> decode(Content content, DecodeContext context)
      throws IOException, RejectedInputException;
}
