package org.tessera.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tessera.runtime.backup.Restore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tessera restore}: a data folder of a folder of backups. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes a data folder of a snapshot of a folder of backups. Every file is compared with its"
          + " SHA-256; the folder is there as a whole or not at all.",
      "A PostgreSQL database has to be restored by pg_restore or psql."
    })
final class RestoreCommand implements Callable<Integer> {
  @Option(
      names = "--from",
      paramLabel = "FOLDER",
      required = true,
      description = "Folder of backups.")
  private Path from = Path.of("");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "The data folder to be made; must be empty if it is there.")
  private Path data = Path.of("");

  @Option(
      names = "--snapshot",
      paramLabel = "NAME",
      description = "Which one, as backup printed it (default: the newest).")
  private Optional<String> snapshot = Optional.empty();

  @Mixin private BackupKeyOption key = new BackupKeyOption();

  @Option(
      names = "--partial",
      description = "Restore the others where objects are damaged or missing in the backup.")
  private boolean partial;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    Restore.Summary made;
    try (Terminal terminal = new Terminal()) {
      made =
          Restore.run(
              new Restore.Settings(from, snapshot, data, partial, key.read()),
              (done, total) -> terminal.done("files restored", done, total));
    }
    PrintWriter lines = spec.commandLine().getOut();
    made.lost().forEach(each -> lines.println("lost " + each));
    lines.println(
        "restored %s: %d files, %d bytes".formatted(made.snapshot(), made.files(), made.bytes()));
    return made.lost().isEmpty() ? Failures.DONE : Failures.UNUSABLE;
  }
}
