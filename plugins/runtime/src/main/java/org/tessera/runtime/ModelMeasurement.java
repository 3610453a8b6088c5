package org.tessera.runtime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tessera.casemodel.Finding.OperatingPoint;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.omni.model.CalibrationCurve;
import org.tessera.omni.model.Competence;
import org.tessera.omni.model.EmbeddedModel;
import org.tessera.omni.model.FindingProfile;
import org.tessera.omni.model.ModelBundle;
import org.tessera.omni.model.OmniModel;
import org.tessera.omni.token.SequenceBuilder;
import org.tessera.omni.train.LabelledRow;
import org.tessera.omni.train.ValidationPart;
import org.tessera.validation.evaluate.CohortScores;
import org.tessera.validation.evaluate.CohortScoring;
import org.tessera.validation.evaluate.CompetenceAudit;
import org.tessera.validation.evaluate.FindingScores;
import org.tessera.validation.evaluate.RowReader;
import org.tessera.validation.evaluate.ScoredRow;
import org.tessera.validation.metrics.Calibration;
import org.tessera.validation.metrics.ConformalBounds;
import org.tessera.validation.metrics.CurveFit;
import org.tessera.validation.metrics.OperatingPoints;

/**
 * What travels with a trained model: how its logits become probabilities, from which one on a
 * finding counts as found, in which range it cannot tell, and whether it was shown to know the
 * finding at all. Measured on validation patients that stopping did not use, calibration and
 * conformal bounds each on their own part of them; test rows are not opened.
 */
final class ModelMeasurement {
  private static final String SPLIT = "val";
  private static final double RISK = 0.05;

  private ModelMeasurement() {}

  /**
   * Measures a model.
   *
   * @param raw with its weights, without calibration
   * @param rows of every split; train rows teach the baselines
   * @param data name of the data
   */
  static ModelBundle measured(
      ModelBundle raw, List<LabelledRow> rows, String data, WorkListener listener)
      throws IOException, RejectedInputException {
    List<LabelledRow> asked = rows.stream().filter(ModelMeasurement::mayMeasure).toList();
    try (OmniModel model = new EmbeddedModel(raw)) {
      CohortScores scores =
          new CohortScoring(
                  model,
                  new RowReader(Decoders.all(), FileContent::of),
                  SequenceBuilder::build,
                  false,
                  (done, total, step) -> listener.at(step, done, total))
              .score(asked, data, SPLIT);
      return measured(raw, model, scores, asked);
    }
  }

  private static ModelBundle measured(
      ModelBundle raw, OmniModel model, CohortScores scores, List<LabelledRow> asked)
      throws IOException {
    Map<String, CalibrationCurve> calibration = new LinkedHashMap<>();
    List<FindingProfile> profiles = new ArrayList<>();
    for (FindingProfile profile : raw.profiles()) {
      Optional<FindingScores> found = scores.of(profile.key());
      if (found.isEmpty()) {
        profiles.add(profile);
        continue;
      }
      FindingScores fitting = found.get().where(row -> isOf(row, ValidationPart.CALIBRATION));
      CalibrationCurve curve =
          CurveFit.of(
              fitting.logits(), fitting.labels(), fitting.clusters(), fitting.looks());
      calibration.put(profile.key(), curve);
      List<LabelledRow> labelled =
          asked.stream()
              .filter(row -> row.split().equals(SPLIT))
              .filter(row -> row.labels().containsKey(profile.key()))
              .toList();
      double blank = BlankResponse.logit(model, labelled, raw.profiles().indexOf(profile));
      profiles.add(measured(profile, found.get(), curve, blank));
    }
    return raw.with(calibration, profiles);
  }

  private static FindingProfile measured(
      FindingProfile profile, FindingScores scores, CalibrationCurve curve, double blank) {
    double floor = Calibration.sigmoid(curve.apply(blank));
    String from = scores.rows().getFirst().set() + ", " + SPLIT;
    FindingScores fitting = scores.where(row -> isOf(row, ValidationPart.CALIBRATION));
    Optional<OperatingPoint> point =
        OperatingPoints.choose(
            Calibration.probabilities(curve.apply(fitting.logits())),
            fitting.labels(),
            floor,
            from);
    FindingScores held = scores.where(row -> isOf(row, ValidationPart.CONFORMAL));
    ConformalBounds bounds =
        ConformalBounds.of(
            Calibration.probabilities(curve.apply(held.logits())), held.labels(), RISK);
    Map<String, Double> thresholds = new LinkedHashMap<>(profile.thresholds());
    bounds.present().ifPresent(bound -> thresholds.put("conformal", bound));
    bounds.absent().ifPresent(bound -> thresholds.put("conformal-absent", bound));
    Optional<Competence> competence = CompetenceAudit.judge(scores, from);
    return new FindingProfile(
        profile.key(),
        profile.code(),
        profile.decidedBy(),
        profile.disagreement(),
        profile.subject(),
        profile.phantom(),
        point,
        competence,
        thresholds);
  }

  private static boolean isOf(ScoredRow row, ValidationPart part) {
    return ValidationPart.of(row.cluster().substring(row.set().length() + 1)) == part;
  }

  private static boolean mayMeasure(LabelledRow row) {
    return row.split().equals("train")
        || (row.split().equals(SPLIT)
            && ValidationPart.of(row.patient()) != ValidationPart.STOPPING);
  }
}
