package org.tessera.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.tessera.runtime.ModelTraining;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tessera train}: trains the embedded model. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Trains the model on labelled data and measures it on the validation split.",
      "Writes a checkpoint and a line of metrics per epoch; may be stopped and resumed. The"
          + " model itself comes into DIR/model."
    })
final class TrainCommand implements Callable<Integer> {
  static final String ADVICE = "Stopped; --resume goes on after the last epoch that is whole.";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "Folder of data sets, or one data set; may be repeated.")
  private List<Path> data = new ArrayList<>();

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where to write.")
  private Path out = Path.of("");

  @Option(
      names = "--resume",
      description = "Goes on from the checkpoint in --out; ends with the same weights.")
  private boolean resume;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    CommandLine line = spec.commandLine();
    try (Terminal terminal = new Terminal();
        StepwiseEnd end = new StepwiseEnd(line.getErr(), ADVICE)) {
      ModelTraining.run(
          data, out, resume, end.with(terminal::done), line.getOut()::println);
    } catch (CancellationException e) {
      return Failures.INTERNAL;
    }
    return Failures.DONE;
  }
}
