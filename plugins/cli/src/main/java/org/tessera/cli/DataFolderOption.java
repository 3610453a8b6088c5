package org.tessera.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names the data folder of a server. */
final class DataFolderOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "Data folder of the server (data.dir).")
  private Path folder = Path.of("");

  Path folder() {
    return folder;
  }
}
