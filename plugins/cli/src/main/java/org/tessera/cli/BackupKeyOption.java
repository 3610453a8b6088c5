package org.tessera.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.runtime.backup.BackupKey;
import org.tessera.runtime.encrypt.EncryptionKey;
import picocli.CommandLine.Option;

/** The option that names the key of encrypted backups. */
final class BackupKeyOption {
  @Option(
      names = "--key",
      paramLabel = "FILE",
      description =
          "Key of encrypted backups, 64 hexadecimal digits (default: the environment variable "
              + BackupKey.VARIABLE
              + "; else they are not encrypted).")
  private Optional<Path> file = Optional.empty();

  /**
   * The key; empty if backups are not encrypted.
   *
   * @throws RejectedInputException with one sentence, if it is none
   */
  Optional<EncryptionKey> read() throws IOException, RejectedInputException {
    return BackupKey.of(file);
  }
}
