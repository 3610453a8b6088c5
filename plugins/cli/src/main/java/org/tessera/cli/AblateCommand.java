package org.tessera.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.tessera.runtime.Ablation;
import org.tessera.runtime.StemAblation;
import org.tessera.runtime.WorkListener;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tessera ablate}: the four architectures side by side. */
@Command(
    name = "ablate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Trains the model in four variants of equal active size: dense, sparse experts, attention"
          + " weights per modality, and both. Stems are trained once and shared.",
      "Prints a table (AUROC, paired difference to dense, time per step, dead experts) and writes"
          + " it into DIR, with the shares of every expert. With --stems: the stems alone, from"
          + " random weights and from stems that first learned without labels."
    })
final class AblateCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "Folder of data sets, or one data set; may be repeated.")
  private List<Path> data = new ArrayList<>();

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where to write.")
  private Path out = Path.of("");

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Joint epochs of each variant (default: as many as the shipped model had).")
  private Optional<Integer> epochs = Optional.empty();

  @Option(
      names = "--split",
      paramLabel = "NAME",
      defaultValue = "val",
      description =
          "Rows to compare on; of val, those that stopping does not use (default:"
              + " ${DEFAULT-VALUE}).")
  private String split = "";

  @Option(
      names = "--stems",
      description =
          "Compares stems that learned first to say what hidden parts hold with stems that did"
              + " not.")
  private boolean stems;

  @Option(names = "--resume", description = "Goes on from what is in --out.")
  private boolean resume;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    if (epochs.isPresent() && epochs.get() < 1) {
      throw new ParameterException(spec.commandLine(), "--epochs is at least 1.");
    }
    if (stems && epochs.isPresent()) {
      throw new ParameterException(
          spec.commandLine(), "--epochs counts joint epochs; --stems has none.");
    }
    OptionalInt joint = epochs.isPresent() ? OptionalInt.of(epochs.get()) : OptionalInt.empty();
    CommandLine line = spec.commandLine();
    try (Terminal terminal = new Terminal();
        StepwiseEnd end = new StepwiseEnd(line.getErr(), TrainCommand.ADVICE)) {
      WorkListener told = end.with(terminal::done);
      Consumer<String> lines = line.getOut()::println;
      String table =
          stems
              ? StemAblation.run(data, out, split, resume, told, lines)
              : Ablation.run(data, out, joint, split, resume, told, lines);
      line.getOut().println(table);
    } catch (CancellationException e) {
      return Failures.INTERNAL;
    }
    return Failures.DONE;
  }
}
