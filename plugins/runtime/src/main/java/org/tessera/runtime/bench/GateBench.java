package org.tessera.runtime.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.PatientCase;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.omni.model.Competence;
import org.tessera.omni.model.EmbeddedModel;
import org.tessera.omni.model.FindingProfile;
import org.tessera.omni.model.ImageAttack;
import org.tessera.omni.model.ModelBundle;
import org.tessera.omni.model.ModelStore;
import org.tessera.omni.model.OmniModel;
import org.tessera.omni.train.LabelledData;
import org.tessera.omni.train.LabelledRow;
import org.tessera.runtime.Decoders;
import org.tessera.runtime.FileContent;
import org.tessera.runtime.WorkListener;
import org.tessera.validation.bench.BenchReport;
import org.tessera.validation.evaluate.RowReader;
import org.tessera.validation.gate.GateCase;
import org.tessera.validation.gate.GateRow;
import org.tessera.validation.gate.GateStudy;
import org.tessera.validation.gate.GateStudy.Fault;

/**
 * {@code gate}: what the gate keeps of true findings, and what it blocks of planted faults, beside
 * a gate that only looks at the probability and lets as many findings through, one that blocks all
 * and one that passes all. A fault is planted on each case in one finding after the other.
 */
public final class GateBench {
  private static final Logger LOG = LoggerFactory.getLogger(GateBench.class);

  private final OmniModel model;
  private final ImageAttack attack;
  private final Map<String, String> workload = new TreeMap<>();

  /**
   * What is asked for.
   *
   * @param data a folder of data sets, or one data set
   * @param split whose cases are tried; thresholds may be tuned on {@code val}, never on {@code
   *     test}
   * @param cases most cases, taken evenly, {@code >= 1}
   * @param log finished cases
   * @param resume true to take up what is in the log
   */
  public record Request(Path data, String split, int cases, Path log, boolean resume) {}

  private GateBench(OmniModel model, ImageAttack attack) {
    this.model = model;
    this.attack = attack;
  }

  /**
   * Opens a model and runs it.
   *
   * @param folder of the model; empty for the one that ships
   * @throws RejectedInputException if there are no such cases in the data
   */
  public static BenchReport run(
      Optional<Path> folder, Request request, WorkListener listener)
      throws IOException, RejectedInputException {
    ModelBundle bundle =
        folder.isPresent() ? ModelStore.bundle(folder.get()) : ModelStore.shippedBundle();
    try (OmniModel model = new EmbeddedModel(bundle);
        ImageAttack attack = new ImageAttack(bundle)) {
      return new GateBench(model, attack).run(request, listener);
    }
  }

  private BenchReport run(Request request, WorkListener listener)
      throws IOException, RejectedInputException {
    List<LabelledRow> rows = LabelledData.read(request.data());
    RowReader reader = new RowReader(Decoders.all(), FileContent::of);
    GateStudy study = new GateStudy(model, attack);
    carry(study, reader, rows);
    List<LabelledRow> test = spaced(rows, request.split(), request.cases());
    if (test.isEmpty()) {
      throw new RejectedInputException(
          "The data have no " + request.split() + " cases to try the gate on.");
    }
    String name = model.card().name() + " " + model.card().sha256().orElse("");
    workload.put(request.split() + " cases", Integer.toString(test.size()));
    workload.put(
        "synthetic",
        Boolean.toString(test.stream().allMatch(row -> row.set().equals("phantom"))));
    workload.put("sets", test.stream().map(LabelledRow::set).distinct().toList().toString());
    List<GateRow> finished = new ArrayList<>();
    try (GateLog log = GateLog.open(request.log(), name, request.resume())) {
      for (int i = 0; i < test.size(); i++) {
        listener.at("gate", i, test.size());
        LabelledRow row = test.get(i);
        Optional<GateRow> before = log.finished(name(row));
        if (before.isPresent()) {
          finished.add(before.get());
          continue;
        }
        try {
          GateRow now = tried(study, row, reader.read(row).patientCase(), i);
          log.add(now);
          finished.add(now);
        } catch (RejectedInputException e) {
          LOG.warn("A row of {} is left out: {}", row.set(), e.sentence());
        }
      }
    }
    GateSummary summary = new GateSummary(model.findings(), finished);
    workload.putAll(summary.workload());
    return new BenchReport(
        "gate",
        Map.of("model", name),
        workload,
        summary.figures(),
        summary.goals(),
        List.of());
  }

  private void carry(GateStudy study, RowReader reader, List<LabelledRow> rows)
      throws IOException {
    for (int f = 0; f < model.findings().size(); f++) {
      FindingProfile profile = model.findings().get(f);
      if (!isAsked(profile)) {
        continue;
      }
      for (LabelledRow row : rows) {
        if (study.carries(f)) {
          break;
        }
        if (row.split().equals("train")
            && Boolean.TRUE.equals(row.labels().get(profile.key()))
            && row.files().keySet().containsAll(profile.decidedBy())) {
          try {
            study.carry(f, reader.read(row).patientCase());
          } catch (RejectedInputException e) {
            LOG.debug("Not carried: {}", e.sentence());
          }
        }
      }
    }
  }

  /** Faults are planted in findings that the model may judge and one modality decides. */
  private static boolean isAsked(FindingProfile profile) {
    return profile.decidedBy().size() == 1
        && profile.competence().filter(Competence::competent).isPresent();
  }

  private static String name(LabelledRow row) {
    return row.set() + "/" + row.id();
  }

  private static List<LabelledRow> spaced(List<LabelledRow> rows, String split, int most) {
    List<LabelledRow> test = rows.stream().filter(row -> row.split().equals(split)).toList();
    List<LabelledRow> some = new ArrayList<>();
    for (int i = 0; i < Math.min(most, test.size()); i++) {
      some.add(test.get((int) ((long) i * test.size() / Math.min(most, test.size()))));
    }
    return some;
  }

  private GateRow tried(
      GateStudy study, LabelledRow row, PatientCase patientCase, int index) {
    Map<Fault, GateCase> planted = new EnumMap<>(Fault.class);
    GateRow whole = study.intact(row, patientCase);
    List<Integer> open = new ArrayList<>();
    for (int f = 0; f < model.findings().size(); f++) {
      FindingProfile profile = model.findings().get(f);
      if (isAsked(profile)
          && study.carries(f)
          && Boolean.FALSE.equals(row.labels().get(profile.key()))
          && row.files().keySet().containsAll(profile.decidedBy())) {
        open.add(f);
      }
    }
    if (open.isEmpty()) {
      return whole;
    }
    int finding = open.get(index % open.size());
    boolean image = model.findings().get(finding).decidedBy().contains(Modality.IMAGE);
    for (Fault fault : Fault.values()) {
      if (fault != Fault.WORDS_ONLY && (fault != Fault.ADVERSARIAL || image)) {
        study
            .planted(fault, row, patientCase, finding)
            .ifPresent(result -> planted.put(fault, result));
      }
    }
    if (claims(row, finding) && planted.containsKey(Fault.IGNORES_EVIDENCE)) {
      planted.put(Fault.WORDS_ONLY, planted.get(Fault.IGNORES_EVIDENCE));
    }
    return new GateRow(whole.row(), whole.intact(), planted, whole.sentences());
  }

  /** Whether the words of a phantom claim the finding. */
  private boolean claims(LabelledRow row, int finding) {
    String sign =
        switch (model.findings().get(finding).key()) {
          case "phantom-opacity" -> "record_opacity";
          case "phantom-crackles" -> "note_crackles";
          default -> "";
        };
    return Boolean.TRUE.equals(row.signs().get(sign));
  }

  /** The table, one line per figure. */
  public static String table(BenchReport report) {
    StringBuilder text = new StringBuilder();
    report
        .workload()
        .forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    report
        .goals()
        .forEach(
            goal ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "goal %s: %.3f of %.2f, %s%n",
                        goal.name(),
                        goal.value(),
                        goal.goal(),
                        goal.met() ? "met" : "not met")));
    return text.toString().stripTrailing();
  }
}
