package org.tessera.runtime.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.tessera.casemodel.Finding.Status;
import org.tessera.omni.model.Competence;
import org.tessera.omni.model.FindingProfile;
import org.tessera.validation.bench.Figure;
import org.tessera.validation.bench.Goal;
import org.tessera.validation.bench.Spread;
import org.tessera.validation.gate.GateCase;
import org.tessera.validation.gate.GateRow;
import org.tessera.validation.gate.GateShare;
import org.tessera.validation.gate.GateStudy.Fault;
import org.tessera.validation.gate.PlantedSentences.Kind;
import org.tessera.validation.gate.PlantedSentences.Tally;

/** The figures of a gate bench, out of its cases. */
final class GateSummary {
  private static final String THRESHOLD = "probability threshold at the same coverage";
  private static final double LEAST_KEPT = 0.7;
  private static final double MOST_WITHHELD = 0.1;
  private static final double LEAST_BLOCKED = 0.95;
  private static final double LEAST_STANDING = 0.97;

  private final List<FindingProfile> findings;
  private final List<GateCase> intact = new ArrayList<>();
  private final Map<Fault, List<GateCase>> results = new EnumMap<>(Fault.class);
  private final Map<Kind, Tally> sentences = new EnumMap<>(Kind.class);
  private final Map<String, String> workload = new TreeMap<>();
  private final List<Figure> figures = new ArrayList<>();
  private final List<Goal> goals = new ArrayList<>();

  GateSummary(List<FindingProfile> findings, List<GateRow> rows) {
    this.findings = List.copyOf(findings);
    for (GateRow row : rows) {
      intact.addAll(row.intact());
      row.sentences().forEach((kind, tally) -> sentences.merge(kind, tally, Tally::plus));
      row.planted()
          .forEach(
              (fault, result) ->
                  results.computeIfAbsent(fault, ignored -> new ArrayList<>()).add(result));
    }
    summarize();
  }

  /** What was counted, in words. */
  Map<String, String> workload() {
    return Map.copyOf(workload);
  }

  List<Figure> figures() {
    return List.copyOf(figures);
  }

  List<Goal> goals() {
    return List.copyOf(goals);
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
      List<GateCase> planted = results.getOrDefault(fault, List.of());
      if (!planted.isEmpty()) {
        add(fault.words() + " blocked", planted, each -> !each.shown(), bars, false);
        GateShare blocked = GateShare.of(planted, each -> !each.shown());
        if (fault != Fault.UNNAMED_PATIENT) {
          goals.add(new Goal(fault.words() + " blocked", LEAST_BLOCKED, blocked.share()));
        }
        workload.put("blocked by: " + fault.words(), blockers(planted));
      }
    }
    sentences.forEach(this::tell);
    workload.put("a gate that blocks all", "keeps 0, blocks 1 of every fault");
    workload.put("a gate that passes all", "keeps 1, blocks 0 of every fault");
  }

  /** Of false sentences none may stand, of 100 true ones three may be struck. */
  private void tell(Kind kind, Tally tally) {
    workload.put(kind.words() + " struck", tally.struck() + " of " + tally.n());
    double share = (double) tally.struck() / tally.n();
    goals.add(
        kind.mayStand()
            ? new Goal(kind.words() + " that stand", LEAST_STANDING, 1 - share)
            : new Goal(kind.words() + " struck", 1, share));
  }

  private boolean mayJudge(String finding) {
    return findings.stream()
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
}
