package org.tessera.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.tessera.runtime.Models;
import org.tessera.runtime.bench.BurnedInTextBench;
import org.tessera.runtime.bench.DicomReadBench;
import org.tessera.runtime.bench.DicomStoreBench;
import org.tessera.runtime.bench.DicomWebBench;
import org.tessera.runtime.bench.EndToEndBench;
import org.tessera.runtime.bench.ExplainBench;
import org.tessera.runtime.bench.GateBench;
import org.tessera.runtime.bench.HighlightsBench;
import org.tessera.runtime.bench.IntegrityBench;
import org.tessera.runtime.bench.ModelBench;
import org.tessera.runtime.bench.RetrieveBench;
import org.tessera.runtime.bench.SlideTilesBench;
import org.tessera.validation.bench.BenchReport;
import org.tessera.validation.bench.Comparison;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tessera bench}: ours and a peer's, side by side in one run. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures ours and its peers in turn, in one run, where their answers are the same.",
      "Prints a table and writes the figures as JSON. NAME: burned-in-text, dicom-read,"
          + " dicom-store, dicomweb, end-to-end, explain, gate, highlights, integrity, model,"
          + " retrieve, slide-tiles."
    })
final class BenchCommand implements Callable<Integer> {
  private static final String BURNED_IN_TEXT = "burned-in-text";
  private static final String DICOM_READ = "dicom-read";
  private static final String DICOM_STORE = "dicom-store";
  private static final String DICOMWEB = "dicomweb";
  private static final String END_TO_END = "end-to-end";
  private static final String RETRIEVE = "retrieve";
  private static final String SLIDE_TILES = "slide-tiles";
  private static final String MODEL = "model";
  private static final String EXPLAIN = "explain";
  private static final String GATE = "gate";
  private static final String HIGHLIGHTS = "highlights";
  private static final String INTEGRITY = "integrity";
  private static final int LATENTS = 100_000;
  private static final int SLICES = 500;
  private static final int WEB_SLICES = 200;
  private static final Path DATA = Path.of("../shared/data");

  /** What is read out of a folder; the others bring their own work. */
  private static final List<String> OF_FILES =
      List.of(BURNED_IN_TEXT, DICOM_READ, GATE, SLIDE_TILES);

  private static final List<String> NAMES =
      List.of(
          BURNED_IN_TEXT, DICOM_READ, DICOM_STORE, DICOMWEB, END_TO_END, EXPLAIN, GATE, HIGHLIGHTS,
          INTEGRITY, MODEL, RETRIEVE, SLIDE_TILES);

  @Parameters(paramLabel = "NAME", description = "One of those above.")
  private String name = "";

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "JSON to write.")
  private Path out = Path.of("");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder of files to read (default: ../shared/data, or its dicom-interop or slides).")
  private Optional<Path> given = Optional.empty();

  @Option(
      names = "--cases",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Most cases of gate, taken evenly (default: ${DEFAULT-VALUE}).")
  private int cases;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      defaultValue = "test",
      description =
          "Cases of gate: test, or val to compare settings on (default: ${DEFAULT-VALUE}).")
  private String split = "";

  @Option(
      names = "--resume",
      description = "gate: goes on from the finished cases in FILE.cases.")
  private boolean resume;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "Model of gate and integrity (default: the one that ships).")
  private Optional<Path> model = Optional.empty();

  @Option(
      names = "--pairs",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "Measured passes of each side, at least 5, of end-to-end at least 20 (default:"
              + " ${DEFAULT-VALUE}).")
  private int pairs = Comparison.FEWEST_PAIRS;

  @Option(
      names = "--findings",
      paramLabel = "N",
      defaultValue = "500",
      description = "highlights: found findings of phantoms to try (default: ${DEFAULT-VALUE}).")
  private int findings = 500;

  @Option(
      names = "--texts",
      paramLabel = "N",
      defaultValue = "200",
      description = "burned-in-text: texts to draw (default: ${DEFAULT-VALUE}).")
  private int texts = 200;

  @Option(
      names = "--flips",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "integrity: bits of each kind to turn over, and clean runs (default:"
              + " ${DEFAULT-VALUE}).")
  private int flips = 1000;

  @Option(
      names = "--libraries",
      paramLabel = "DIR",
      description = "Jars of the dcm4che line (default: Maven fetches them; they are not shipped).")
  private Optional<Path> libraries = Optional.empty();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    if (!NAMES.contains(name)) {
      throw new ParameterException(spec.commandLine(), "There is no benchmark of that name.");
    }
    if (pairs < Comparison.FEWEST_PAIRS) {
      throw new ParameterException(spec.commandLine(), "--pairs is at least 5.");
    }
    if (cases < 1 || findings < 1 || flips < 1 || texts < 1) {
      throw new ParameterException(
          spec.commandLine(), "--cases, --findings, --flips and --texts are at least 1.");
    }
    Path data =
        given.orElse(
            switch (name) {
              case DICOM_READ -> DATA.resolve("dicom-interop");
              case BURNED_IN_TEXT, GATE, HIGHLIGHTS -> DATA;
              default -> DATA.resolve("slides");
            });
    if (OF_FILES.contains(name) && !Files.isDirectory(data)) {
      throw new ParameterException(spec.commandLine(), "The data are not in that folder.");
    }
    Path work = Files.createTempDirectory("tessera-bench");
    try (Terminal terminal = new Terminal()) {
      BenchReport report =
          switch (name) {
            case BURNED_IN_TEXT ->
                new BurnedInTextBench(work, texts).run(data, terminal::done);
            case MODEL -> new ModelBench(work).run(pairs, terminal::done);
            case EXPLAIN -> new ExplainBench(work, Models.shipped()).run(pairs, terminal::done);
            case HIGHLIGHTS ->
                new HighlightsBench(work, Models.shipped(), findings).run(data, terminal::done);
            case DICOM_READ -> new DicomReadBench(work, libraries).run(data, pairs, terminal::done);
            case DICOM_STORE -> new DicomStoreBench(work, SLICES).run(pairs, terminal::done);
            case DICOMWEB -> new DicomWebBench(work, WEB_SLICES).run(pairs, terminal::done);
            case END_TO_END -> new EndToEndBench(work, pairs).run(terminal::done);
            case GATE ->
                GateBench.run(
                    model,
                    new GateBench.Request(
                        data,
                        split,
                        cases,
                        out.resolveSibling(out.getFileName() + ".cases"),
                        resume),
                    terminal::done);
            case INTEGRITY -> IntegrityBench.run(model, work, flips, terminal::done);
            case RETRIEVE -> new RetrieveBench(work, LATENTS).run(pairs, terminal::done);
            default -> new SlideTilesBench(work).run(data, true, pairs, terminal::done);
          };
      Path parent = out.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.writeString(out, report.json() + "\n");
      spec.commandLine()
          .getOut()
          .println(name.equals(GATE) ? GateBench.table(report) : report.table());
    } finally {
      delete(work);
    }
    return Failures.DONE;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
