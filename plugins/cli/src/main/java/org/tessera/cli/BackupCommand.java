package org.tessera.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tessera.runtime.backup.Backup;
import org.tessera.runtime.encrypt.EncryptionKey;
import org.tessera.runtime.seal.SealedFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tessera backup}: a data folder into a folder of backups. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Copies the data folder of a server that does not run into a folder of backups. What is there"
          + " already is not copied again; everything that is copied is compared with its SHA-256.",
      "A server that runs makes its backups itself (serve, backup.folder). A PostgreSQL database is"
          + " not in the folder: run pg_dump before this command, which then may run beside the"
          + " server.",
      "Prints a line damaged SHA-256 for each object whose bytes are not those that were received,"
          + " and ends with 2 then; all others are in the backup."
    })
final class BackupCommand implements Callable<Integer> {
  @Mixin private DataFolderOption data = new DataFolderOption();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      required = true,
      description = "Folder of backups; made if it is not there.")
  private Path out = Path.of("");

  @Option(
      names = "--keep",
      paramLabel = "N",
      description = "Snapshots that stay; older ones are removed (default: all).")
  private int keep = Integer.MAX_VALUE;

  @Mixin private BackupKeyOption key = new BackupKeyOption();

  @Option(
      names = "--data-key",
      paramLabel = "FILE",
      description =
          "Key of an encrypted data folder (data.key-file), to verify its objects. They are copied"
              + " as they are, encrypted, with or without it.")
  private Optional<Path> dataKey = Optional.empty();

  @Option(
      names = "--verify",
      description = "Also read what the folder of backups has already, and mend it.")
  private boolean verify;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    if (keep < 1) {
      throw new ParameterException(spec.commandLine(), "--keep has to be 1 or more.");
    }
    Optional<EncryptionKey> master =
        dataKey.isPresent()
            ? Optional.of(SealedFolder.masterKey(dataKey.get(), data.folder()))
            : Optional.empty();
    Backup.Summary made;
    try (Terminal terminal = new Terminal()) {
      made =
          Backup.ofFolder(
              data.folder(),
              master,
              new Backup.Settings(out, verify, keep, key.read()),
              seen -> terminal.doing("%,d files".formatted(seen)));
    }
    PrintWriter lines = spec.commandLine().getOut();
    made.damaged().forEach(each -> lines.println("damaged " + each));
    lines.println(
        "snapshot %s: %d files, %d new".formatted(made.snapshot(), made.files(), made.copied()));
    return made.damaged().isEmpty() ? Failures.DONE : Failures.UNUSABLE;
  }
}
