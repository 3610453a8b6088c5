package org.tessera.validation.gate;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.Check.Verdict;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.Finding.OperatingPoint;
import org.tessera.casemodel.Finding.Status;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.PatientCase;
import org.tessera.explain.Trial;
import org.tessera.explain.TrialOutcome;
import org.tessera.omni.model.EncodedCase;
import org.tessera.omni.model.FindingProfile;
import org.tessera.omni.model.ImageAttack;
import org.tessera.omni.model.OmniModel;
import org.tessera.omni.model.Pass;
import org.tessera.omni.token.SequenceBuilder;
import org.tessera.omni.token.TokenSequence;
import org.tessera.omni.train.LabelledRow;

/**
 * The gate on labelled cases: the intact model, and the same cases with planted faults. A fault
 * counts where it gives a finding that the case has not, at or above the operating point; it is
 * blocked if the gate does not show that finding.
 */
public final class GateStudy {
  /** Most that an adversary changes a sample, of a range from 0 to 1. */
  public static final double REACH = 4 / 255.0;

  private static final int STEPS = 8;

  /** What is planted. */
  public enum Fault {
    /** The deciding evidence is never looked at; the model carries a picture that has it. */
    IGNORES_EVIDENCE("model that ignores the evidence"),
    /** Those of them where the words of the case claim the finding. */
    WORDS_ONLY("model that follows the words only"),
    /** The evidence of a patient who has the finding, in the case of one who has not. */
    SWAPPED_PATIENT("evidence of another patient, whom the file names"),
    /** The same where the file names nobody: nothing in it could tell. */
    UNNAMED_PATIENT("evidence of another patient, whom nothing names"),
    /** Blank evidence, and a model that does not look at it. */
    BLANK_EVIDENCE("blank evidence, model that ignores it"),
    /** Samples of the radiograph changed by an adversary who knows the weights. */
    ADVERSARIAL("adversarial radiograph (PGD)");

    private final String words;

    Fault(String words) {
      this.words = words;
    }

    /** In a table. */
    public String words() {
      return words;
    }
  }

  private final OmniModel model;
  private final ImageAttack attack;
  private final Trial trial = new Trial();
  private final Map<Integer, Carried> carried = new HashMap<>();

  private record Carried(PatientCase patientCase, Map<Modality, EncodedCase> encoded) {}

  /**
   * A study.
   *
   * @param model the intact model
   * @param attack an adversary who knows its weights
   */
  public GateStudy(OmniModel model, ImageAttack attack) {
    this.model = model;
    this.attack = attack;
  }

  /**
   * Takes a training case that has a finding as what a faulty model carries, if the model finds it
   * there.
   */
  public void carry(int finding, PatientCase patientCase) {
    EncodedCase encoded = model.encode(SequenceBuilder.build(patientCase));
    FindingProfile profile = model.findings().get(finding);
    double logit =
        model.logits(List.of(Pass.whole(encoded)))[0][finding];
    if (probability(logit) >= threshold(profile)) {
      Map<Modality, EncodedCase> parts = new EnumMap<>(Modality.class);
      profile.decidedBy().forEach(modality -> parts.put(modality, encoded));
      carried.put(finding, new Carried(patientCase, parts));
    }
  }

  /** Findings that some carried case has. */
  public boolean carries(int finding) {
    return carried.containsKey(finding);
  }

  /** The intact model on a case: one result per labelled finding that can be judged. */
  public GateRow intact(LabelledRow row, PatientCase patientCase) {
    TrialOutcome outcome = trial.judge(patientCase, SequenceBuilder.build(patientCase), model);
    List<GateCase> cases = new ArrayList<>();
    for (int f = 0; f < model.findings().size(); f++) {
      result(row, f, outcome).ifPresent(cases::add);
    }
    return new GateRow(
        row.set() + "/" + row.id(), cases, Map.of(), PlantedSentences.in(outcome.findings()));
  }

  /**
   * A planted fault on a case that has not the finding. {@link Fault#WORDS_ONLY} is what {@link
   * Fault#IGNORES_EVIDENCE} gives there.
   *
   * @return empty where the fault cannot be planted, or does not give the finding
   */
  public Optional<GateCase> planted(
      Fault fault, LabelledRow row, PatientCase patientCase, int finding) {
    Carried other = carried.get(finding);
    if (other == null) {
      return Optional.empty();
    }
    if (isSwap(fault) && isNamed(other, finding) != (fault == Fault.SWAPPED_PATIENT)) {
      return Optional.empty();
    }
    TokenSequence sequence = SequenceBuilder.build(patientCase);
    TrialOutcome outcome =
        switch (fault) {
          case IGNORES_EVIDENCE, WORDS_ONLY ->
              new Trial()
                  .only(finding)
                  .judge(patientCase, sequence, new IgnorantModel(model, other.encoded()));
          case SWAPPED_PATIENT, UNNAMED_PATIENT -> {
            PatientCase swapped = swapped(patientCase, other.patientCase(), finding);
            yield trial.only(finding).judge(swapped, SequenceBuilder.build(swapped), model);
          }
          case BLANK_EVIDENCE -> {
            TokenSequence blank = sequence;
            for (Modality modality : model.findings().get(finding).decidedBy()) {
              blank = blank.blanked(modality);
            }
            yield new Trial()
                .only(finding)
                .judge(patientCase, blank, new IgnorantModel(model, other.encoded()));
          }
          case ADVERSARIAL ->
              trial
                  .only(finding)
                  .judge(patientCase, attack.raise(sequence, finding, REACH, STEPS), model);
        };
    if (outcome.findings().isEmpty()) {
      return Optional.of(stopped(row, finding, outcome));
    }
    return result(row, finding, outcome).filter(GateCase::found);
  }

  private static boolean isSwap(Fault fault) {
    return fault == Fault.SWAPPED_PATIENT || fault == Fault.UNNAMED_PATIENT;
  }

  private boolean isNamed(Carried other, int finding) {
    return model.findings().get(finding).decidedBy().stream()
        .flatMap(modality -> other.patientCase().of(modality).stream())
        .anyMatch(each -> each.origin().patient().isPresent());
  }

  /** A case that was stopped as a whole: the finding that would have been there is not shown. */
  private GateCase stopped(LabelledRow row, int finding, TrialOutcome outcome) {
    String key = model.findings().get(finding).key();
    return new GateCase(
        key,
        row.set() + "/" + row.patient(),
        false,
        1,
        true,
        Status.ABSTAINED,
        outcome.caseChecks().stream()
            .filter(check -> check.verdict() == Verdict.FAIL)
            .map(Check::name)
            .findFirst()
            .orElse("stopped"));
  }

  private PatientCase swapped(PatientCase into, PatientCase from, int finding) {
    List<Evidence> evidence = new ArrayList<>(into.evidence());
    for (Modality modality : model.findings().get(finding).decidedBy()) {
      evidence.removeIf(each -> each.modality() == modality);
      evidence.addAll(from.of(modality));
    }
    return new PatientCase(into.id(), into.patient(), evidence, List.of(), false);
  }

  private Optional<GateCase> result(LabelledRow row, int finding, TrialOutcome outcome) {
    FindingProfile profile = model.findings().get(finding);
    Boolean label = row.labels().get(profile.key());
    if (label == null || outcome.findings().isEmpty()) {
      return Optional.empty();
    }
    Finding judged = outcome.findings().get(finding);
    OptionalDouble probability = judged.probability();
    if (probability.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new GateCase(
            profile.key(),
            row.set() + "/" + row.patient(),
            label,
            probability.getAsDouble(),
            probability.getAsDouble() >= threshold(profile),
            judged.status(),
            blocker(judged)));
  }

  private static String blocker(Finding finding) {
    return finding.status() == Status.SUPPORTED || finding.status() == Status.NOT_FOUND
        ? ""
        : finding.checks().stream()
            .filter(check -> check.verdict() == Verdict.FAIL)
            .map(Check::name)
            .findFirst()
            .orElse("too little evidence");
  }

  private static double threshold(FindingProfile profile) {
    return profile.operatingPoint().map(OperatingPoint::threshold).orElse(2.0);
  }

  private static double probability(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }
}
