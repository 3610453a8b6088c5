package org.tessera.runtime;

import java.io.IOException;
import org.tessera.omni.model.OmniModel;

/** Opens a model. */
@FunctionalInterface
public interface ModelSource {

  /**
   * Opens the model; whoever opens it closes it.
   *
   * @throws IOException if it is missing or damaged
   */
  OmniModel open() throws IOException;
}
