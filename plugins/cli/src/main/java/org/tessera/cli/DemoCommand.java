package org.tessera.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.tessera.runtime.CaseOutcome;
import org.tessera.runtime.Demo;
import org.tessera.runtime.Pipeline;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tessera demo}: the main job on a phantom case. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Draws a synthetic patient (chest radiograph, note, cough, record) that the model never saw,"
          + " writes it as ordinary files and analyses these like anybody's.",
      "Prints the path of the report."
    })
final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "tessera-demo",
      description = "Where to write (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("tessera-demo");

  @Mixin private ModelOption model = new ModelOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    CaseOutcome outcome;
    try (Pipeline pipeline = new Pipeline(model.source())) {
      outcome = Demo.run(pipeline, out, stage -> err.println(stage + " ..."));
    }
    OutcomeLines.of(outcome.report()).forEach(err::println);
    spec.commandLine().getOut().println(outcome.reportFile());
    return outcome.completed() ? Failures.DONE : Failures.UNUSABLE;
  }
}
