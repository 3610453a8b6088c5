package org.tessera.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.tessera.runtime.ModelEvaluation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tessera evaluate}: the model against labelled data. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Scores the model on labelled data, beside plain and shortcut baselines on the same rows.",
      "Prints a table and writes the figures as JSON."
    })
final class EvaluateCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "Folder of data sets, or one data set.")
  private Path data = Path.of("");

  @Option(
      names = "--split",
      paramLabel = "NAME",
      defaultValue = "test",
      description = "train, val or test (default: ${DEFAULT-VALUE}).")
  private String split = "test";

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "JSON to write.")
  private Path out = Path.of("");

  @Option(
      names = "--into",
      paramLabel = "FILE",
      description = "Text file whose marked blocks are brought up to date; may be repeated.")
  private List<Path> into = new ArrayList<>();

  @Option(
      names = "--maskings",
      description = "Also with the images' border blanked, and with nothing but the border.")
  private boolean maskings;

  @Mixin private ModelOption model = new ModelOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    String table;
    try (Terminal terminal = new Terminal()) {
      table =
          ModelEvaluation.run(
              model.source(), data, split, maskings, out, into, terminal::done);
    }
    spec.commandLine().getOut().println(table);
    return Failures.DONE;
  }
}
