package org.tessera.runtime.work;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.casemodel.ReportedFinding;
import org.tessera.casemodel.ReportedResult;
import org.tessera.fhir.FhirResultReader;
import org.tessera.runtime.CaseInput;
import org.tessera.runtime.CaseOutcome;
import org.tessera.runtime.CaseRequest;
import org.tessera.runtime.InputKind;
import org.tessera.runtime.ResultIssue;
import org.tessera.runtime.analyze.CaseAnalyzer;
import org.tessera.runtime.analyze.ResultResources;
import org.tessera.runtime.store.FolderRemoval;
import org.tessera.runtime.store.ObjectStore;
import org.tessera.runtime.store.StoredInstance;
import org.tessera.runtime.work.CaseRevision.Outcome;

/**
 * From the images of a study in the store to a result: {@code result.json}, {@code report.html},
 * {@code bundle.json}, and the DICOM objects. A revision after the first one that had a result
 * amends it.
 *
 * <p>A revision is always made of the same images in the same order and bears the time at which it
 * was complete, so that an analysis that is repeated after a crash gives the same objects.
 */
public final class StudyAnalysis implements CaseAnalysis {
  private static final Logger LOG = LoggerFactory.getLogger(StudyAnalysis.class);
  private static final int MOST_IMAGES = 10_000;
  private static final String LATE =
      "An image or a record came after the earlier result was made; this one takes its place.";

  private static final String WITHDRAWN =
      "The earlier result was withdrawn; this one was made when a person asked for it.";

  private final ObjectStore store;
  private final CaseQueue queue;
  private final JoinedRecords records;
  private final CaseFolders folders;
  private final CaseAnalyzer analyzer;
  private final Optional<ResultResources> readable;

  /**
   * An analysis.
   *
   * @param records what belongs to studies beside their images
   * @param readable where results are kept to be read and searched as FHIR resources; empty if
   *     nobody is to find them there
   */
  public StudyAnalysis(
      ObjectStore store,
      CaseQueue queue,
      JoinedRecords records,
      CaseFolders folders,
      CaseAnalyzer analyzer,
      Optional<ResultResources> readable) {
    this.store = store;
    this.queue = queue;
    this.records = records;
    this.folders = folders;
    this.analyzer = analyzer;
    this.readable = readable;
  }

  @Override
  public Result analyse(WorkCase work, CaseRevision revision, Path folder)
      throws IOException, RejectedInputException {
    List<StoredInstance> images = images(work, revision);
    if (images.isEmpty()) {
      throw new RejectedInputException("The study has no image any more.");
    }
    if (queue.lacks(work)) {
      throw new RejectedInputException(
          "Objects of the study were removed when their time was over, and not all have come"
              + " again.");
    }
    if (images.size() > MOST_IMAGES) {
      throw new RejectedInputException("The study has more than 10,000 images.");
    }
    Path inputs = Files.createDirectory(folder.resolve("inputs"));
    offer(images, Files.createDirectory(inputs.resolve("images")));
    List<String> records = this.records.of(work.subject(), revision.frozenRecord());
    CaseRequest request =
        new CaseRequest(
            inputs(inputs, records),
            Optional.empty(),
            Optional.empty(),
            Optional.of(work.name()));
    ResultIssue issue = new ResultIssue(Optional.of(revision.completed()), earlier(work));
    CaseOutcome outcome = analyse(request, folder, issue);
    FolderRemoval.remove(inputs);
    if (outcome.completed()) {
      keepReadable(folder.resolve("bundle.json"));
    }
    return new Result(
        outcome.seal(),
        outcome.completed(),
        sentence(work, outcome, images.size() + records.size()));
  }

  /** The images, then the records in the order of their arrival. */
  private static List<CaseInput> inputs(Path folder, List<String> records) throws IOException {
    List<CaseInput> inputs = new ArrayList<>();
    inputs.add(new CaseInput(InputKind.DICOM, folder.resolve("images")));
    for (int i = 0; i < records.size(); i++) {
      Path file = folder.resolve("record-%03d.json".formatted(i + 1));
      Files.writeString(file, records.get(i));
      inputs.add(new CaseInput(InputKind.FHIR, file));
    }
    return inputs;
  }

  /** The same result is kept once, however often it is made. */
  private void keepReadable(Path bundle) throws IOException {
    if (readable.isPresent()) {
      readable.get().keep(Files.readString(bundle));
    }
  }

  private List<StoredInstance> images(WorkCase work, CaseRevision revision) {
    return store.index().study(work.subject(), revision.frozenId(), 2 * MOST_IMAGES).stream()
        .filter(each -> StudyIntake.isImage(each.header().sopClassUid()))
        .toList();
  }

  /** Images under names that a person understands; no bytes are copied where links can be made. */
  private void offer(List<StoredInstance> images, Path inputs) throws IOException {
    for (int i = 0; i < images.size(); i++) {
      Path name = inputs.resolve("image-%05d.dcm".formatted(i + 1));
      Path file = store.file(images.get(i));
      try {
        Files.createLink(name, file);
      } catch (UnsupportedOperationException | FileSystemException e) {
        Files.copy(file, name);
      }
    }
  }

  private CaseOutcome analyse(CaseRequest request, Path folder, ResultIssue issue)
      throws IOException, RejectedInputException {
    try {
      return analyzer.analyze(request, folder, issue, stage -> {});
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted.", e);
    }
  }

  private Optional<ResultIssue.Earlier> earlier(WorkCase work) throws IOException {
    Optional<CaseRevision> before =
        queue.revisions(work).stream()
            .filter(each -> each.revision() < work.revision())
            .filter(each -> each.outcome() == Outcome.COMPLETED)
            .reduce((first, second) -> second);
    if (before.isEmpty()) {
      return Optional.empty();
    }
    Path bundle =
        folders.revision(work.name(), before.get().revision()).resolve("bundle.json");
    List<ReportedFinding> findings = new ArrayList<>();
    try {
      ReportedResult result = FhirResultReader.read(Files.readString(bundle));
      findings.addAll(result.findings());
    } catch (RejectedInputException e) {
      LOG.warn("The earlier result of {} cannot be read.", work.name());
    }
    boolean withdrawn =
        queue.revisions(work).stream().anyMatch(each -> each.outcome() == Outcome.WITHDRAWN);
    return Optional.of(
        new ResultIssue.Earlier(
            before.get().seal(), findings, withdrawn ? WITHDRAWN : LATE));
  }

  private String sentence(WorkCase work, CaseOutcome outcome, int inputs) {
    List<String> remarks = new ArrayList<>();
    int rejected = outcome.report().patientCase().rejected().size();
    if (rejected > 0) {
      remarks.add("%d of %d inputs could not be used.".formatted(rejected, inputs));
    }
    int differing = store.index().differing(work.subject());
    if (differing > 0) {
      remarks.add(
          "%d objects came under a UID that another one had already; the first one was used."
              .formatted(differing));
    }
    return outcome.completed()
        ? String.join(" ", remarks)
        : outcome.report().statusReason().orElse("The case was stopped.");
  }
}
