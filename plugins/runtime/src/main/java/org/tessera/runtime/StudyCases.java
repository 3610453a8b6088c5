package org.tessera.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.ContentDecoder;
import org.tessera.casemodel.PatientCase;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.omni.token.TokenSequence;
import org.tessera.validation.phantom.PhantomCase;

/** Cases read from files as {@code analyze} reads them, for measurements. */
public final class StudyCases {
  private final List<ContentDecoder> decoders = Decoders.all();
  private final Path work;

  /**
   * Prepares it.
   *
   * @param work a folder for the files of drawn cases; overwritten by each
   */
  public StudyCases(Path work) {
    this.work = work;
  }

  /**
   * A case as the trial sees it.
   *
   * @param patientCase the case
   * @param sequence its tokens
   */
  public record StudyCase(PatientCase patientCase, TokenSequence sequence) {}

  /** Reads inputs of one case. */
  public StudyCase read(List<CaseInput> inputs) throws IOException, RejectedInputException {
    AssembledCase assembled =
        CaseAssembly.assemble(
            new CaseRequest(inputs, Optional.empty(), Optional.empty()), decoders);
    SequencedCase sequenced = SequencedCase.of(assembled);
    return new StudyCase(sequenced.patientCase(), sequenced.sequence());
  }

  /** Writes a drawn case as ordinary files and reads these. */
  public StudyCase read(PhantomCase drawn) throws IOException, RejectedInputException {
    Path folder = work.resolve(drawn.id());
    PhantomPorts.writer().write(folder, drawn);
    List<CaseInput> inputs = new ArrayList<>();
    add(inputs, InputKind.DICOM, folder.resolve("image.dcm"));
    add(inputs, InputKind.NOTE, folder.resolve("note.txt"));
    add(inputs, InputKind.AUDIO, folder.resolve("sound.wav"));
    add(inputs, InputKind.SLIDE, folder.resolve("tissue.png"));
    add(inputs, InputKind.FHIR, folder.resolve("record.json"));
    return read(inputs);
  }

  private static void add(List<CaseInput> inputs, InputKind kind, Path file) {
    if (Files.exists(file)) {
      inputs.add(new CaseInput(kind, file));
    }
  }
}
