package org.tessera.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.runtime.DicomFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tessera dicom}: what is in a DICOM file. */
@Command(
    name = "dicom",
    mixinStandardHelpOptions = true,
    description = "Shows what is in DICOM files.",
    subcommands = {
      DicomDumpCommand.class,
      DicomCommand.Json.class,
      DicomCommand.Pixels.class,
      DeidentifyCommand.class
    })
final class DicomCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "dump, json, pixels or deidentify?");
  }

  /** {@code tessera dicom json}: the DICOM JSON model, one line per file. */
  @Command(
      name = "json",
      mixinStandardHelpOptions = true,
      description = "Prints the DICOM JSON model (PS3.18 F), one line per file.")
  static final class Json implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", arity = "1..*", description = "DICOM files.")
    private List<Path> files = new ArrayList<>();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      int read = 0;
      for (Path file : files) {
        try {
          spec.commandLine().getOut().println(DicomFiles.json(file));
          read++;
        } catch (RejectedInputException e) {
          String name = String.valueOf(file.getFileName());
          spec.commandLine().getErr().println("refused " + name + ": " + e.sentence());
        }
      }
      return read > 0 ? Failures.DONE : Failures.UNUSABLE;
    }
  }

  /** {@code tessera dicom pixels}: every frame as stored values. */
  @Command(
      name = "pixels",
      mixinStandardHelpOptions = true,
      description = {
        "Decodes every frame to stored values before any lookup table: NAME.FRAME.raw (little"
            + " endian, interleaved) and NAME.json.",
        "Prints a line per file: \"ok NAME\" or \"refused NAME: reason\"."
      })
  static final class Pixels implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", arity = "1..*", description = "DICOM files.")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where to write.")
    private Path out = Path.of("");

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
      AtomicBoolean decoded = new AtomicBoolean();
      DicomFiles.pixelsInto(out)
          .export(
              files,
              line -> {
                spec.commandLine().getOut().println(line);
                decoded.compareAndSet(false, line.startsWith("ok "));
              });
      return decoded.get() ? Failures.DONE : Failures.UNUSABLE;
    }
  }
}
