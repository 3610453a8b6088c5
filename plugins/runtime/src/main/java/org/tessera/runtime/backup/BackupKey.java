package org.tessera.runtime.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.runtime.encrypt.EncryptionKey;

/** Where the key of backups comes from. */
public final class BackupKey {
  /** The environment variable that has it, where no file is named. */
  public static final String VARIABLE = "TESSERA_BACKUP_KEY";

  private BackupKey() {}

  /**
   * The key of a file, else of the environment variable; empty if neither is there.
   *
   * @throws RejectedInputException with one sentence, if that is no key
   */
  public static Optional<EncryptionKey> of(Optional<Path> file)
      throws IOException, RejectedInputException {
    if (file.isPresent()) {
      return Optional.of(EncryptionKey.read(file.get()));
    }
    String text = System.getenv(VARIABLE);
    return text == null || text.isBlank()
        ? Optional.empty()
        : Optional.of(EncryptionKey.parse(text));
  }
}
