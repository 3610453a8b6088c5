package org.tessera.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.tessera.runtime.CaseOutcome;
import org.tessera.runtime.CaseRequest;
import org.tessera.runtime.Pipeline;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tessera analyze}: one case, any combination of inputs. */
@Command(
    name = "analyze",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Analyses the files of one patient together; writes result.json, report.html, bundle.json.",
      "Prints a line per input, then a line per finding."
    })
final class AnalyzeCommand implements Callable<Integer> {
  @Mixin private CaseOptions options = new CaseOptions();

  @Option(names = "--tokens", description = "Also writes sequence.jsonl, a line per token.")
  private boolean tokens;

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where to write.")
  private Path out = Path.of("");

  @Mixin private ModelOption model = new ModelOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    CaseRequest request =
        options
            .request(spec.commandLine().getParseResult())
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(), "Name at least one input, for example --image FILE."));
    CaseOutcome outcome;
    try (Terminal terminal = new Terminal();
        Pipeline pipeline = new Pipeline(model.source())) {
      outcome = pipeline.analyze(request, out, tokens, terminal::doing);
    }
    OutcomeLines.of(outcome.report()).forEach(spec.commandLine().getOut()::println);
    return outcome.completed() ? Failures.DONE : Failures.UNUSABLE;
  }
}
