package org.tessera.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.runtime.seal.SealedFolder;
import org.tessera.runtime.store.FolderLock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tessera rekey}: another key for an encrypted data folder. */
@Command(
    name = "rekey",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Changes the key of the encrypted data folder of a server that does not run. Its files are"
          + " not written anew: only the key of the folder is, encrypted with the new key.",
      "Backups that were made before need the earlier key."
    })
final class RekeyCommand implements Callable<Integer> {
  @Mixin private DataFolderOption data = new DataFolderOption();

  @Option(
      names = "--key",
      paramLabel = "FILE",
      required = true,
      description = "The present key (data.key-file).")
  private Path present = Path.of("");

  @Option(
      names = "--new-key",
      paramLabel = "FILE",
      required = true,
      description = "The key that takes its place, 64 hexadecimal digits.")
  private Path next = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    Path folder = data.folder();
    if (!SealedFolder.isSealed(folder)) {
      throw new RejectedInputException("The data folder is not encrypted.");
    }
    try (FolderLock held = FolderLock.ofStopped(folder)) {
      SealedFolder.changeMaster(
          folder, SealedFolder.masterKey(present, folder), SealedFolder.masterKey(next, folder));
    }
    spec.commandLine().getOut().println("the data folder has the new key");
    return Failures.DONE;
  }
}
