package org.tessera.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.tessera.runtime.ModelFusion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tessera fusion}: one sequence against other ways of joining modalities. */
@Command(
    name = "fusion",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Compares the one sequence with single modalities, early, late and hybrid fusion on the same"
          + " rows.",
      "Prints a table and writes the figures as JSON."
    })
final class FusionCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description =
          "Phantoms: train rows teach early and hybrid fusion, validation rows weight late fusion.")
  private Path data = Path.of("");

  @Option(
      names = "--under",
      paramLabel = "NAME=DIR",
      description =
          "Phantoms drawn under other conditions, for example noisy=DIR, whose test rows are scored"
              + " as well; may be repeated.")
  private Map<String, Path> under = new LinkedHashMap<>();

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "JSON to write.")
  private Path out = Path.of("");

  @Option(
      names = "--into",
      paramLabel = "FILE",
      description = "Text file whose block \"fusion\" is brought up to date; may be repeated.")
  private List<Path> into = new ArrayList<>();

  @Mixin private ModelOption model = new ModelOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    String table;
    try (Terminal terminal = new Terminal()) {
      table = ModelFusion.run(model.source(), data, under, out, into, terminal::done);
    }
    spec.commandLine().getOut().println(table);
    return Failures.DONE;
  }
}
