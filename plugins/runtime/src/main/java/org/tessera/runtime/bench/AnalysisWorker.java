package org.tessera.runtime.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.runtime.CaseInput;
import org.tessera.runtime.CaseOutcome;
import org.tessera.runtime.CaseRequest;
import org.tessera.runtime.InputKind;
import org.tessera.runtime.Models;
import org.tessera.runtime.Pipeline;
import org.tessera.validation.bench.WorkerLoop;

/** The analysis alone: task N reads the folder N of the one and writes that of the other. */
final class AnalysisWorker {
  private AnalysisWorker() {}

  /**
   * Runs it.
   *
   * @param arguments folder of studies, folder of results
   */
  public static void main(String[] arguments) throws IOException {
    Path studies = Path.of(arguments[0]);
    Path results = Path.of(arguments[1]);
    try (Pipeline pipeline = new Pipeline(Models.shipped())) {
      new WorkerLoop()
          .serve("analysis", (request, task) -> time(pipeline, studies, results, task));
    }
  }

  /** Nanoseconds; nothing if the case was not completed. */
  private static String time(Pipeline pipeline, Path studies, Path results, String task)
      throws IOException {
    CaseRequest request =
        new CaseRequest(
            List.of(new CaseInput(InputKind.DICOM, studies.resolve(task))),
            Optional.empty(),
            Optional.empty());
    long start = System.nanoTime();
    try {
      CaseOutcome outcome =
          pipeline.analyze(request, results.resolve(task), false, stage -> {});
      return outcome.completed() ? Long.toString(System.nanoTime() - start) : "";
    } catch (RejectedInputException e) {
      return "";
    }
  }
}
