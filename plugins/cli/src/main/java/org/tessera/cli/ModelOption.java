package org.tessera.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tessera.runtime.ModelSource;
import org.tessera.runtime.Models;
import picocli.CommandLine.Option;

/** The option that names a model of one's own training. */
final class ModelOption {
  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "A model that train wrote (default: the one that ships).")
  private @Nullable Path folder;

  Optional<Path> named() {
    return Optional.ofNullable(folder);
  }

  ModelSource source() {
    return folder == null ? Models.shipped() : Models.in(folder);
  }
}
