package org.tessera.runtime.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tessera.casemodel.Finding.Status;
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
import org.tessera.validation.bench.Figure;
import org.tessera.validation.bench.Goal;
import org.tessera.validation.bench.Spread;
import org.tessera.validation.evaluate.RowReader;
import org.tessera.validation.gate.GateCase;
import org.tessera.validation.gate.GateShare;
import org.tessera.validation.gate.GateStudy;
import org.tessera.validation.gate.GateStudy.Fault;

/**
 * {@code gate}: what the gate keeps of true findings, and what it blocks of planted faults, beside
 * a gate that only looks at the probability and lets as many findings through, one that blocks all
 * and one that passes all. On the test split; a fault is planted on each case in one finding
 * after the other.
 */
public final class GateBench {
  private static final Logger LOG = LoggerFactory.getLogger(GateBench.class);
  private static final String THRESHOLD = "probability threshold at the same coverage";
  private static final double LEAST_KEPT = 0.7;
  private static final double MOST_WITHHELD = 0.1;
  private static final double LEAST_BLOCKED = 0.95;

  private final OmniModel model;
  private final ImageAttack attack;
  private final List<GateCase> intact = new ArrayList<>();
  private final Map<Fault, List<GateCase>> results = new EnumMap<>(Fault.class);
  private final Map<String, String> workload = new TreeMap<>();
  private final List<Figure> figures = new ArrayList<>();
  private final List<Goal> goals = new ArrayList<>();

  private GateBench(OmniModel model, ImageAttack attack) {
    this.model = model;
    this.attack = attack;
  }

  /**
   * Opens a model and runs it.
   *
   * @param folder of the model; empty for the one that ships
   * @param data a folder of data sets, or one data set
   * @param cases most test cases, taken evenly, {@code >= 1}
   * @throws RejectedInputException if there are no test cases in the data
   */
  public static BenchReport run(
      Optional<Path> folder, Path data, int cases, WorkListener listener)
      throws IOException, RejectedInputException {
    ModelBundle bundle =
        folder.isPresent() ? ModelStore.bundle(folder.get()) : ModelStore.shippedBundle();
    try (OmniModel model = new EmbeddedModel(bundle);
        ImageAttack attack = new ImageAttack(bundle)) {
      return new GateBench(model, attack).run(data, cases, listener);
    }
  }

  private BenchReport run(Path data, int cases, WorkListener listener)
      throws IOException, RejectedInputException {
    List<LabelledRow> rows = LabelledData.read(data);
    RowReader reader = new RowReader(Decoders.all(), FileContent::of);
    GateStudy study = new GateStudy(model, attack);
    carry(study, reader, rows);
    List<LabelledRow> test = spaced(rows, cases);
    if (test.isEmpty()) {
      throw new RejectedInputException("The data have no test cases to try the gate on.");
    }
    workload.put("test cases", Integer.toString(test.size()));
    workload.put(
        "synthetic",
        Boolean.toString(test.stream().allMatch(row -> row.set().equals("phantom"))));
    workload.put("sets", test.stream().map(LabelledRow::set).distinct().toList().toString());
    for (int i = 0; i < test.size(); i++) {
      listener.at("gate", i, test.size());
      try {
        PatientCase patientCase = reader.read(test.get(i)).patientCase();
        intact.addAll(study.intact(test.get(i), patientCase));
        plant(study, test.get(i), patientCase, i);
      } catch (RejectedInputException e) {
        LOG.warn("A row of {} is left out: {}", test.get(i).set(), e.sentence());
      }
    }
    summarize();
    return new BenchReport(
        "gate",
        Map.of("model", model.card().name() + " " + model.card().sha256().orElse("")),
        workload,
        figures,
        goals,
        List.of());
  }

  private List<GateCase> of(Fault fault) {
    return results.computeIfAbsent(fault, ignored -> new ArrayList<>());
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

  private static List<LabelledRow> spaced(List<LabelledRow> rows, int most) {
    List<LabelledRow> test = rows.stream().filter(row -> row.split().equals("test")).toList();
    List<LabelledRow> some = new ArrayList<>();
    for (int i = 0; i < Math.min(most, test.size()); i++) {
      some.add(test.get((int) ((long) i * test.size() / Math.min(most, test.size()))));
    }
    return some;
  }

  private void plant(GateStudy study, LabelledRow row, PatientCase patientCase, int index) {
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
      return;
    }
    int finding = open.get(index % open.size());
    for (Fault fault : Fault.values()) {
      boolean image = model.findings().get(finding).decidedBy().contains(Modality.IMAGE);
      if (fault != Fault.ADVERSARIAL || image) {
        study
            .planted(fault, row, patientCase, finding, claims(row, finding))
            .ifPresent(of(fault)::add);
      }
    }
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

  private void summarize() {
    List<GateCase> competent = intact.stream().filter(each -> mayJudge(each.finding())).toList();
    List<GateCase> truths =
        competent.stream().filter(GateCase::truth).filter(GateCase::found).toList();
    List<GateCase> wrong =
        competent.stream().filter(each -> !each.truth()).filter(GateCase::found).toList();
    Map<String, Double> bars = bars(competent);
    add("true findings kept", truths, GateCase::shown, bars, true);
    GateShare kept = GateShare.of(truths, GateCase::shown);
    GateShare withheld = GateShare.of(truths, each -> each.status() == Status.WITHHELD);
    workload.put("true findings withheld", withheld.text());
    if (!truths.isEmpty()) {
      goals.add(new Goal("true findings kept, of those found", LEAST_KEPT, kept.share()));
      goals.add(
          new Goal("true findings not withheld", 1 - MOST_WITHHELD, 1 - withheld.share()));
    }
    workload.put(
        "true findings that abstain",
        GateShare.of(truths, each -> each.status() == Status.ABSTAINED).text());
    add("false findings of the intact model blocked", wrong, each -> !each.shown(), bars, false);
    perFinding(truths);
    for (Fault fault : Fault.values()) {
      List<GateCase> planted = of(fault);
      if (!planted.isEmpty()) {
        add(fault.words() + " blocked", planted, each -> !each.shown(), bars, false);
        GateShare blocked = GateShare.of(planted, each -> !each.shown());
        if (fault != Fault.UNNAMED_PATIENT) {
          goals.add(new Goal(fault.words() + " blocked", LEAST_BLOCKED, blocked.share()));
        }
        workload.put("blocked by: " + fault.words(), blockers(planted));
      }
    }
    workload.put("a gate that blocks all", "keeps 0, blocks 1 of every fault");
    workload.put("a gate that passes all", "keeps 1, blocks 0 of every fault");
  }

  private boolean mayJudge(String finding) {
    return model.findings().stream()
        .filter(each -> each.key().equals(finding))
        .anyMatch(each -> each.competence().filter(Competence::competent).isPresent());
  }

  private void perFinding(List<GateCase> truths) {
    truths.stream()
        .collect(Collectors.groupingBy(GateCase::finding, TreeMap::new, Collectors.toList()))
        .forEach(
            (finding, own) ->
                workload.put(
                    "kept: " + finding,
                    GateShare.of(own, GateCase::shown).text() + "; not kept by " + blockers(own)));
  }

  private static String blockers(List<GateCase> cases) {
    Map<String, Long> counts =
        cases.stream()
            .filter(each -> !each.shown())
            .collect(Collectors.groupingBy(GateCase::blocker, Collectors.counting()));
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
        .map(each -> each.getKey() + " " + each.getValue())
        .collect(Collectors.joining(", "));
  }

  /** Of each finding, the probability that lets as many found ones through as the gate does. */
  private static Map<String, Double> bars(List<GateCase> intact) {
    Map<String, Double> bars = new HashMap<>();
    Map<String, List<GateCase>> byFinding =
        intact.stream()
            .filter(GateCase::found)
            .collect(Collectors.groupingBy(GateCase::finding));
    byFinding.forEach(
        (finding, own) -> {
          double[] sorted = own.stream().mapToDouble(GateCase::probability).sorted().toArray();
          int through = (int) own.stream().filter(GateCase::shown).count();
          bars.put(
              finding, through == 0 ? 2.0 : sorted[sorted.length - through]);
        });
    return bars;
  }

  private void add(
      String name,
      List<GateCase> cases,
      Predicate<GateCase> hit,
      Map<String, Double> bars,
      boolean kept) {
    if (cases.isEmpty()) {
      return;
    }
    GateShare ours = GateShare.of(cases, hit);
    GateShare peer =
        GateShare.of(
            cases,
            each -> each.probability() >= bars.getOrDefault(each.finding(), 0.0) == kept);
    figures.add(
        new Figure(
            name, "share", spread(ours), new Figure.Peer(THRESHOLD, spread(peer))));
    workload.put(name, ours.text() + "; threshold gate " + peer.text());
  }

  private static Spread spread(GateShare share) {
    return new Spread(share.share(), share.low(), share.high());
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
