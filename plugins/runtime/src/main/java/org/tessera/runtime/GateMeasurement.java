package org.tessera.runtime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.Check.Verdict;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.PatientCase;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.explain.Trial;
import org.tessera.omni.model.EmbeddedModel;
import org.tessera.omni.model.FindingProfile;
import org.tessera.omni.model.ModelBundle;
import org.tessera.omni.model.OmniModel;
import org.tessera.omni.token.SequenceBuilder;
import org.tessera.omni.train.LabelledRow;
import org.tessera.omni.train.ValidationPart;
import org.tessera.validation.evaluate.RowReader;
import org.tessera.validation.gate.JointThresholds;

/**
 * Chooses the thresholds of the checks together, on validation patients of {@link
 * ValidationPart#THRESHOLDS}, whose true findings the panel is run on.
 */
final class GateMeasurement {
  private static final Logger LOG = LoggerFactory.getLogger(GateMeasurement.class);
  private static final double LOSS = 0.05;

  /** True findings of a kind after which a threshold is settled well enough. */
  private static final int ENOUGH = 80;

  /** Checks whose score passes above a threshold, with the least one that makes sense. */
  private static final Map<String, Double> FLOORS =
      Map.of("evidence-drop", 0.05, "wrong-patient", 0.5, "consistency", 0.5);

  private static final Map<String, Double> CAPS =
      Map.of("evidence-drop", 0.25, "wrong-patient", 0.75, "consistency", 0.7);

  private GateMeasurement() {}

  /** The model with thresholds; findings with too few true ones keep the defaults. */
  static ModelBundle measured(ModelBundle bundle, List<LabelledRow> rows, WorkListener listener)
      throws IOException {
    List<LabelledRow> asked =
        rows.stream()
            .filter(row -> row.split().equals("val"))
            .filter(row -> ValidationPart.of(row.patient()) == ValidationPart.THRESHOLDS)
            .filter(row -> row.labels().containsValue(true))
            .toList();
    Map<String, List<Map<String, Double>>> scores = new HashMap<>();
    try (OmniModel model = new EmbeddedModel(bundle)) {
      Trial trial = new Trial();
      RowReader reader = new RowReader(Decoders.all(), FileContent::of);
      for (int i = 0; i < asked.size(); i++) {
        listener.at("thresholds", i, asked.size());
        if (isWanted(asked.get(i), scores)) {
          collect(asked.get(i), model, trial, reader, scores);
        }
      }
    }
    List<FindingProfile> profiles = new ArrayList<>();
    for (FindingProfile profile : bundle.profiles()) {
      List<Map<String, Double>> found = scores.getOrDefault(profile.key(), List.of());
      Map<String, Double> thresholds = new HashMap<>(profile.thresholds());
      if (found.size() >= JointThresholds.LEAST) {
        thresholds.putAll(JointThresholds.of(found, FLOORS, CAPS, LOSS));
      }
      profiles.add(profile.with(thresholds));
    }
    return bundle.with(bundle.calibration(), profiles);
  }

  private static boolean isWanted(
      LabelledRow row, Map<String, List<Map<String, Double>>> scores) {
    return row.labels().entrySet().stream()
        .filter(Map.Entry::getValue)
        .anyMatch(each -> scores.getOrDefault(each.getKey(), List.of()).size() < ENOUGH);
  }

  private static void collect(
      LabelledRow row,
      OmniModel model,
      Trial trial,
      RowReader reader,
      Map<String, List<Map<String, Double>>> scores)
      throws IOException {
    List<Finding> findings;
    try {
      PatientCase patientCase = reader.read(row).patientCase();
      findings =
          trial.judge(patientCase, SequenceBuilder.build(patientCase), model).findings();
    } catch (RejectedInputException e) {
      LOG.warn("A row of {} is left out: {}", row.set(), e.sentence());
      return;
    }
    for (int f = 0; f < findings.size(); f++) {
      String key = model.findings().get(f).key();
      if (Boolean.TRUE.equals(row.labels().get(key)) && wasTried(findings.get(f))) {
        Map<String, Double> measured = new HashMap<>();
        for (Check check : findings.get(f).checks()) {
          if (FLOORS.containsKey(check.name())) {
            check.score().ifPresent(score -> measured.put(check.name(), score));
          }
        }
        scores.computeIfAbsent(key, ignored -> new ArrayList<>()).add(measured);
      }
    }
  }

  private static boolean wasTried(Finding finding) {
    return finding.checks().stream()
        .anyMatch(
            check ->
                check.name().equals("evidence-drop")
                    && check.verdict() != Verdict.NOT_APPLICABLE);
  }
}
