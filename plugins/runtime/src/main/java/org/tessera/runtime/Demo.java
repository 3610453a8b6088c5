package org.tessera.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.validation.phantom.PhantomCase;
import org.tessera.validation.phantom.PhantomCauses;
import org.tessera.validation.phantom.PhantomFinding;
import org.tessera.validation.phantom.PhantomGenerator;
import org.tessera.validation.phantom.PhantomWorld;

/**
 * The main job on a synthetic patient. The case comes from the test world, whose wordings, machines
 * and shapes training never drew. It is chosen by its causes (an opacity, a note that asserts
 * fever, quiet lungs), never by what the model says about it: no outcome is scripted.
 */
public final class Demo {
  private static final long SEED = 2026;

  private Demo() {}

  /**
   * Draws the case, writes it into {@code out/input} as ordinary files and analyses these.
   *
   * @param stages told the name of each stage as it begins
   */
  public static CaseOutcome run(Pipeline pipeline, Path out, Consumer<String> stages)
      throws IOException, RejectedInputException {
    stages.accept("draw a synthetic patient");
    PhantomCase drawn =
        new PhantomGenerator(SEED, PhantomWorld.TEST)
            .firstWhere(Demo::isWanted)
            .orElseThrow(() -> new IllegalStateException("No phantom has the demo's causes."));
    Path input = out.resolve("input");
    PhantomPorts.writer().write(input, drawn);
    CaseRequest request =
        new CaseRequest(
            List.of(
                new CaseInput(InputKind.DICOM, input.resolve("image.dcm")),
                new CaseInput(InputKind.NOTE, input.resolve("note.txt")),
                new CaseInput(InputKind.AUDIO, input.resolve("sound.wav")),
                new CaseInput(InputKind.FHIR, input.resolve("record.json"))),
            Optional.empty(),
            Optional.empty());
    return pipeline.analyze(request, out, true, stages);
  }

  private static boolean isWanted(PhantomCauses causes) {
    return causes.has(PhantomFinding.OPACITY)
        && causes.has(PhantomFinding.INFECTION)
        && !causes.has(PhantomFinding.CRACKLES);
  }
}
