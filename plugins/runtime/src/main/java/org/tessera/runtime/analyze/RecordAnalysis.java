package org.tessera.runtime.analyze;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.RejectedInput;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.UidDictionary;
import org.tessera.fhir.PostedRecord;
import org.tessera.runtime.CaseInput;
import org.tessera.runtime.CaseOutcome;
import org.tessera.runtime.CaseRequest;
import org.tessera.runtime.InputKind;
import org.tessera.runtime.fetch.StudyFetcher;
import org.tessera.runtime.store.FolderRemoval;
import org.tessera.runtime.store.ObjectStore;
import org.tessera.runtime.store.StoredInstance;

/**
 * Analyses a posted record, with the studies of the store that it names, and keeps the resources of
 * the result. Stateless but for the store; safe for several threads.
 */
public final class RecordAnalysis {
  private static final Logger LOG = LoggerFactory.getLogger(RecordAnalysis.class);
  private static final int MOST_INSTANCES = 4096;
  private static final int MOST_NOTICES = 100;
  private static final String RECORD = "record.json";

  private final CaseAnalyzer analyzer;
  private final ObjectStore store;
  private final StudyFetcher fetcher;
  private final ResultResources results;
  private final Path work;

  /**
   * An analysis.
   *
   * @param fetcher for studies that the store does not have
   * @param work folder for the files of cases while they are analysed
   */
  public RecordAnalysis(
      CaseAnalyzer analyzer,
      ObjectStore store,
      StudyFetcher fetcher,
      ResultResources results,
      Path work) {
    this.analyzer = analyzer;
    this.store = store;
    this.fetcher = fetcher;
    this.results = results;
    this.work = work;
  }

  /**
   * Analyses.
   *
   * @param body what was posted
   * @param xml whether it is XML
   * @param patient id of the patient that it has to be about, if the request named one
   * @param stages told the name of each stage as it begins; may throw {@link
   *     CancellationException}
   * @return what became of it; its resources are on the disk
   */
  public AnalysisAnswer analyze(
      Path body, boolean xml, Optional<String> patient, Consumer<String> stages)
      throws InterruptedException {
    try {
      Path folder = Files.createTempDirectory(work, "case");
      try {
        return analyze(body, xml, patient, stages, folder);
      } finally {
        FolderRemoval.remove(folder);
      }
    } catch (RejectedInputException e) {
      return AnalysisAnswer.refused(List.of(e.sentence()));
    } catch (CancellationException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      LOG.error("A case could not be analysed: {}", e.getClass().getSimpleName());
      return AnalysisAnswer.failed("The case could not be analysed; the server is at fault.");
    }
  }

  private AnalysisAnswer analyze(
      Path body, boolean xml, Optional<String> patient, Consumer<String> stages, Path folder)
      throws IOException, RejectedInputException, InterruptedException {
    Path record = folder.resolve(RECORD);
    PostedRecord.Summary posted;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(record))) {
      posted = PostedRecord.copy(body, xml, out);
    }
    if (patient.isPresent() && !posted.patients().contains(patient.get())) {
      throw new RejectedInputException(
          "The record is not about the patient of the address: it has no Patient with that id.");
    }
    List<String> notices = new ArrayList<>();
    List<CaseInput> inputs = new ArrayList<>(List.of(new CaseInput(InputKind.FHIR, record)));
    int number = 0;
    for (String study : posted.studies()) {
      number++;
      stages.accept("fetch");
      inputs.addAll(images(study, folder.resolve("study-" + number), notices));
    }
    unread(posted.unread()).ifPresent(notices::add);
    CaseOutcome outcome =
        analyzer.analyze(
            new CaseRequest(inputs, Optional.empty(), Optional.empty()),
            folder.resolve("out"),
            stages);
    CaseReport report = outcome.report();
    report.patientCase().rejected().stream().map(RecordAnalysis::notice).forEach(notices::add);
    if (!outcome.completed()) {
      List<String> sentences = new ArrayList<>();
      report.statusReason().ifPresent(sentences::add);
      sentences.addAll(notices);
      return AnalysisAnswer.refused(bounded(sentences));
    }
    stages.accept("keep");
    List<ResourceKey> kept =
        results.keep(Files.readString(folder.resolve("out").resolve("bundle.json")));
    return new AnalysisAnswer(AnalysisAnswer.Outcome.COMPLETED, kept, bounded(notices));
  }

  private List<CaseInput> images(String study, Path folder, List<String> notices)
      throws IOException, InterruptedException {
    List<StoredInstance> instances =
        UidDictionary.isValid(study)
            ? store.index().study(study, Long.MAX_VALUE, MOST_INSTANCES)
            : List.of();
    if (instances.isEmpty() && fetcher.isEnabled()) {
      StudyFetcher.Fetched fetched = fetcher.fetch(study, folder);
      notices.addAll(fetched.notices());
      if (!fetched.files().isEmpty()) {
        return fetched.files().stream()
            .map(each -> new CaseInput(InputKind.DICOM, each))
            .toList();
      }
    }
    if (instances.isEmpty()) {
      notices.add(
          "An imaging study that the record names is not in the store and was not read.");
    }
    return instances.stream()
        .map(each -> new CaseInput(InputKind.DICOM, store.file(each)))
        .toList();
  }

  private static Optional<String> unread(Map<String, Integer> types) {
    if (types.isEmpty()) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>();
    new TreeMap<>(types).forEach((type, count) -> words.add(type + " (" + count + ")"));
    return Optional.of("Resources of these types were ignored: " + String.join(", ", words) + ".");
  }

  private static String notice(RejectedInput rejected) {
    int part = rejected.source().indexOf('#');
    String what = part < 0 ? "" : rejected.source().substring(part + 1) + " was ignored: ";
    return what + rejected.reason();
  }

  private static List<String> bounded(List<String> sentences) {
    if (sentences.size() <= MOST_NOTICES) {
      return sentences;
    }
    List<String> fewer = new ArrayList<>(sentences.subList(0, MOST_NOTICES));
    fewer.add("There is more to say, %,d sentences.".formatted(sentences.size() - MOST_NOTICES));
    return fewer;
  }
}
