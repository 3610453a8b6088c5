package org.tessera.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command {@code tessera}. Exit codes: 0 done, 1 internal error, 2 bad usage, every input
 * rejected or the case stopped.
 */
@Command(
    name = "tessera",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Reads what is known about one patient (radiographs, tissue tiles, notes, cough recordings,"
          + " health records) as one sequence, and reports findings only with evidence that was"
          + " checked on that very case.",
      "Not a medical device; not for clinical use."
    },
    subcommands = {
      DemoCommand.class,
      AnalyzeCommand.class,
      DicomCommand.class,
      PhantomCommand.class,
      TrainCommand.class,
      EvaluateCommand.class,
      AblateCommand.class,
      SearchCommand.class,
      FusionCommand.class,
      ServeCommand.class,
      SignCommand.class,
      WithdrawCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      EncryptCommand.class,
      RekeyCommand.class,
      BenchCommand.class,
      HelpCommand.class
    })
public final class Tessera implements Runnable {
  @Spec private CommandSpec spec;

  Tessera() {
    spec = CommandSpec.create();
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command? See tessera --help.");
  }

  /** Runs one command and ends the process. */
  public static void main(String[] args) {
    System.exit(
        run(
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            args));
  }

  /**
   * Runs one command.
   *
   * @param out standard output
   * @param err standard error
   * @return the exit code
   */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    return new CommandLine(new Tessera())
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(Failures::badUsage)
        .setExecutionExceptionHandler(Failures::failed)
        .execute(args);
  }
}
