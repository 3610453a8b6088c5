package org.tessera.validation.evaluate;

import java.io.IOException;
import java.nio.file.Path;
import org.tessera.casemodel.Content;

/** Opens a file of a data set. */
@FunctionalInterface
public interface ContentOpener {

  /**
   * The file as content.
   *
   * @throws IOException if it is not there or cannot be read
   */
  Content open(Path file) throws IOException;
}
