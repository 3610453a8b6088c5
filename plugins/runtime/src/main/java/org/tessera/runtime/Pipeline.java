package org.tessera.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.ContentDecoder;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.explain.CaseReporter;
import org.tessera.explain.Trial;
import org.tessera.explain.TrialOutcome;
import org.tessera.explain.report.Seal;
import org.tessera.omni.model.OmniModel;

/**
 * From files to a report: assembly, one sequence, trial, files. The model is opened while the files
 * are read. One case at a time; several cases may follow each other.
 */
public final class Pipeline implements AutoCloseable {
  private final List<ContentDecoder> decoders = Decoders.all();
  private final Trial trial = new Trial();
  private final CompletableFuture<OmniModel> model;

  /** A pipeline with a model. */
  public Pipeline(ModelSource source) {
    model = new CompletableFuture<>();
    // Not a daemon of a pool: native libraries unpack here, which takes seconds.
    Thread.ofPlatform().name("model").daemon().start(() -> open(source));
  }

  private void open(ModelSource source) {
    try {
      model.complete(source.open());
    } catch (IOException e) {
      model.completeExceptionally(new UncheckedIOException(e));
    } catch (RuntimeException | Error e) {
      model.completeExceptionally(e);
    }
  }

  /**
   * Analyses a case and writes its files.
   *
   * @param request what to analyse
   * @param out folder of the case; made if it is not there, results of an earlier run are replaced
   * @param tokens true to write {@code sequence.jsonl} as well
   * @param stages told the name of each stage as it begins
   * @throws RejectedInputException if the request itself cannot be understood, with one sentence
   * @throws IOException if the model cannot be opened or the folder cannot be written
   */
  public CaseOutcome analyze(
      CaseRequest request, Path out, boolean tokens, Consumer<String> stages)
      throws IOException, RejectedInputException {
    return analyze(request, out, tokens, ResultIssue.first(), stages);
  }

  /** As the other one, under the circumstances of a service. */
  public CaseOutcome analyze(
      CaseRequest request,
      Path out,
      boolean tokens,
      ResultIssue issue,
      Consumer<String> stages)
      throws IOException, RejectedInputException {
    StageClock clock = new StageClock(stages);
    clock.start("read");
    Optional<String> draft = Optional.empty();
    if (request.draft().isPresent()) {
      draft = Optional.of(ReportDraft.read(request.draft().get()));
    }
    AssembledCase assembled = CaseAssembly.assemble(request, decoders);
    CaseFiles files = CaseFiles.in(out);
    clock.start("sequence");
    SequencedCase sequenced = SequencedCase.of(assembled);
    clock.start("model");
    OmniModel opened = model();
    clock.start("trial");
    TrialOutcome outcome = judge(sequenced, opened);
    clock.stop();
    CaseReport report =
        CaseReporter.report(
            sequenced.patientCase(),
            sequenced.sequence(),
            opened.card(),
            outcome,
            draft,
            clock.milliseconds());
    stages.accept("report");
    Seal seal = files.write(report, sequenced, tokens, issue);
    return new CaseOutcome(report, files.reportFile(), seal.result());
  }

  private TrialOutcome judge(SequencedCase sequenced, OmniModel opened) {
    Optional<Check> conflict = sequenced.assembled().conflict();
    return conflict
        .map(
            check ->
                new TrialOutcome(
                    List.of(),
                    List.of(),
                    List.of(check),
                    Map.of(),
                    new TrialOutcome.Passes(0, Map.of())))
        .orElseGet(
            () -> trial.judge(sequenced.patientCase(), sequenced.sequence(), opened));
  }

  private OmniModel model() throws IOException {
    try {
      return model.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException failed) {
        throw new IOException("The model cannot be opened.", failed.getCause());
      }
      throw e;
    }
  }

  @Override
  public void close() {
    try {
      model.join().close();
    } catch (CompletionException e) {
      // It never opened; whoever asked for it was told.
      return;
    }
  }
}
