package org.tessera.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.runtime.DicomFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tessera dicom dump}: the elements of files, for people. */
@Command(
    name = "dump",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the elements of DICOM files: tag, VR, length, number of values, keyword, value.",
      "Items are indented, private elements named in brackets where the manufacturer is known."
    })
final class DicomDumpCommand implements Callable<Integer> {
  private static final int NARROWEST = 72;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "DICOM files.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--width",
      paramLabel = "N",
      defaultValue = "120",
      description = "Characters of a line, from 72 (default: ${DEFAULT-VALUE}).")
  private int width = 120;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    if (width < NARROWEST) {
      throw new ParameterException(spec.commandLine(), "--width is 72 or more.");
    }
    PrintWriter out = spec.commandLine().getOut();
    int read = 0;
    for (Path file : files) {
      String name = String.valueOf(file.getFileName());
      try {
        DicomFiles.dump(file, out, width);
        read++;
      } catch (RejectedInputException e) {
        spec.commandLine().getErr().println("refused " + name + ": " + e.sentence());
      }
      out.flush();
    }
    return read > 0 ? Failures.DONE : Failures.UNUSABLE;
  }
}
