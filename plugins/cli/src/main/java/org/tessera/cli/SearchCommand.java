package org.tessera.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tessera.casemodel.Modality;
import org.tessera.runtime.CaseRequest;
import org.tessera.runtime.LatentIndexing;
import org.tessera.runtime.RetrievalEvaluation;
import org.tessera.runtime.SharedSpaceTraining;
import org.tessera.runtime.SimilarCases;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tessera search}: similar cases of any modality. */
@Command(
    name = "search",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Finds similar cases of any modality by image, words, sound, tissue or record, or several of"
          + " them together.",
      "Prints a table of the nearest, or JSON. Similar is no finding; not for clinical use."
    },
    subcommands = {
      SearchCommand.Index.class,
      SearchCommand.Evaluate.class,
      SearchCommand.Train.class
    })
final class SearchCommand implements Callable<Integer> {
  @Option(names = "--index", paramLabel = "DIR", description = "The index to search.")
  private @Nullable Path index;

  @Mixin private CaseOptions options = new CaseOptions();

  @Option(names = "--text", paramLabel = "WORDS", description = "Words, read like a note.")
  private @Nullable String text;

  @Option(
      names = "--modality",
      paramLabel = "NAME",
      description = "Finds only image, slide, note, audio or record.")
  private @Nullable String modality;

  @Option(
      names = "-k",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many at most (default: ${DEFAULT-VALUE}).")
  private int count = 10;

  @Option(names = "--json", description = "Prints JSON instead of a table.")
  private boolean json;

  @Mixin private ModelOption model = new ModelOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    Path folder = index;
    if (folder == null) {
      throw new ParameterException(spec.commandLine(), "Name the index to search, --index DIR.");
    }
    Optional<CaseRequest> files = options.request(spec.commandLine().getParseResult());
    if (files.isEmpty() && text == null) {
      throw new ParameterException(
          spec.commandLine(), "Name something to search by, for example --image FILE or --text.");
    }
    if (count < 1 || count > SimilarCases.MOST) {
      throw new ParameterException(
          spec.commandLine(), "-k is from 1 to " + SimilarCases.MOST + ".");
    }
    SimilarCases.Request request =
        new SimilarCases.Request(files, Optional.ofNullable(text), wanted(), count);
    SimilarCases found;
    try (Terminal terminal = new Terminal()) {
      terminal.doing("search");
      found = SimilarCases.find(model.source(), folder, request);
    }
    spec.commandLine().getOut().println(json ? found.json() : found.table());
    return Failures.DONE;
  }

  private Optional<Modality> wanted() {
    String name = modality;
    if (name == null) {
      return Optional.empty();
    }
    return Optional.of(
        Arrays.stream(Modality.values())
            .filter(each -> each.wireName().equals(name) && each != Modality.CINE)
            .findFirst()
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(),
                        "--modality is image, slide, note, audio or record.")));
  }

  /** {@code tessera search index}: the index of a data set. */
  @Command(
      name = "index",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "Makes an index of labelled data: one vector per case and modality.")
  static final class Index implements Callable<Integer> {
    @Option(
        names = "--data",
        paramLabel = "DIR",
        required = true,
        description = "Folder of data sets, or one data set.")
    private Path data = Path.of("");

    @Option(names = "--split", paramLabel = "NAME", description = "Only rows of this split.")
    private @Nullable String split;

    @Option(
        names = "--out",
        paramLabel = "DIR",
        required = true,
        description = "The index's folder: absent, empty, or an index, which is replaced.")
    private Path out = Path.of("");

    @Mixin private ModelOption model = new ModelOption();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
      LatentIndexing.Outcome outcome;
      try (Terminal terminal = new Terminal()) {
        outcome =
            LatentIndexing.run(
                model.source(), data, Optional.ofNullable(split), out, terminal::done);
      }
      spec.commandLine()
          .getOut()
          .println(
              "indexed %d cases, %d vectors; left out %d"
                  .formatted(outcome.cases(), outcome.vectors(), outcome.leftOut()));
      return Failures.DONE;
    }
  }

  /** {@code tessera search evaluate}: recall at ten on labelled data. */
  @Command(
      name = "evaluate",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Recall at ten: what is relevant among the ten nearest, of ten or of all that is relevant.",
        "Relevant is what agrees with the query in all that both show."
      })
  static final class Evaluate implements Callable<Integer> {
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

    @Mixin private ModelOption model = new ModelOption();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
      String table;
      try (Terminal terminal = new Terminal()) {
        table = RetrievalEvaluation.run(model.source(), data, split, out, terminal::done);
      }
      spec.commandLine().getOut().println(table);
      return Failures.DONE;
    }
  }

  /** {@code tessera search train}: the shared latent space of a finished model. */
  @Command(
      name = "train",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "Trains only the shared latent space; what the model finds stays the same.")
  static final class Train implements Callable<Integer> {
    @Option(
        names = "--data",
        paramLabel = "DIR",
        required = true,
        description = "Folder of data sets, or one data set; may be repeated.")
    private List<Path> data = new ArrayList<>();

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Gets the model.")
    private Path out = Path.of("");

    @Mixin private ModelOption model = new ModelOption();

    @Override
    public Integer call() throws Exception {
      try (Terminal terminal = new Terminal()) {
        SharedSpaceTraining.run(model.named(), data, out, terminal::done);
      }
      return Failures.DONE;
    }
  }
}
