package org.tessera.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.tessera.runtime.backup.EncryptedCopy;
import org.tessera.runtime.seal.SealedFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tessera encrypt}: an encrypted copy of a data folder in the clear. */
@Command(
    name = "encrypt",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes an encrypted data folder of one in the clear, of a server that does not run. The new"
          + " one is there as a whole or not at all; the old one stays: destroy it yourself.",
      "Prints a line damaged SHA-256 for each object whose bytes are not those that were received,"
          + " and ends with 2 then; it is in the copy as it was."
    })
final class EncryptCommand implements Callable<Integer> {
  @Mixin private DataFolderOption data = new DataFolderOption();

  @Option(
      names = "--key",
      paramLabel = "FILE",
      required = true,
      description = "Key of the new folder (data.key-file), 64 hexadecimal digits.")
  private Path key = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The encrypted folder to be made; must be empty if it is there.")
  private Path out = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    EncryptedCopy.Summary made;
    try (Terminal terminal = new Terminal()) {
      made =
          EncryptedCopy.run(
              data.folder(),
              out,
              SealedFolder.masterKey(key, out),
              done -> terminal.doing("%,d files".formatted(done)));
    }
    PrintWriter lines = spec.commandLine().getOut();
    made.damaged().forEach(each -> lines.println("damaged " + each));
    lines.println(
        "encrypted %d files, %d bytes; the folder in the clear is still there"
            .formatted(made.files(), made.bytes()));
    return made.damaged().isEmpty() ? Failures.DONE : Failures.UNUSABLE;
  }
}
