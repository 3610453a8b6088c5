package org.tessera.runtime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tessera.casemodel.Finding.OperatingPoint;
import org.tessera.casemodel.RejectedInputException;
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
import org.tessera.validation.metrics.Calibration;
import org.tessera.validation.metrics.CalibrationSpread;
import org.tessera.validation.metrics.OperatingPoints;
import org.tessera.validation.metrics.Temperature;

/**
 * What travels with a trained model: how its logits become probabilities, from which one on a
 * finding counts as found, and whether it was shown to know the finding at all. Measured on
 * validation patients that stopping did not use; test rows are not opened.
 */
final class ModelMeasurement {
  private static final String SPLIT = "val";

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
    Map<String, ModelBundle.Calibration> calibration = new LinkedHashMap<>();
    List<FindingProfile> profiles = new ArrayList<>();
    for (FindingProfile profile : raw.profiles()) {
      Optional<FindingScores> found = scores.of(profile.key());
      if (found.isEmpty()) {
        profiles.add(profile);
        continue;
      }
      Temperature temperature = Temperature.fit(found.get().logits(), found.get().labels());
      CalibrationSpread spread =
          CalibrationSpread.of(
              found.get().logits(), found.get().labels(), found.get().clusters());
      calibration.put(
          profile.key(),
          new ModelBundle.Calibration(
              temperature.scale(),
              temperature.bias(),
              spread.scale(),
              spread.mixed(),
              spread.bias()));
      List<LabelledRow> labelled =
          asked.stream()
              .filter(row -> row.split().equals(SPLIT))
              .filter(row -> row.labels().containsKey(profile.key()))
              .toList();
      double blank = BlankResponse.logit(model, labelled, raw.profiles().indexOf(profile));
      profiles.add(measured(profile, found.get(), temperature, blank));
    }
    return raw.with(calibration, profiles);
  }

  private static FindingProfile measured(
      FindingProfile profile, FindingScores scores, Temperature temperature, double blank) {
    double floor =
        Calibration.sigmoid(
            temperature.apply(new double[] {blank})[0]);
    String from = scores.rows().getFirst().set() + ", " + SPLIT;
    Optional<OperatingPoint> point =
        OperatingPoints.choose(
            Calibration.probabilities(
                temperature.apply(scores.logits())),
            scores.labels(),
            floor,
            from);
    Optional<Competence> competence = CompetenceAudit.judge(scores, from);
    return new FindingProfile(
        profile.key(),
        profile.code(),
        profile.decidedBy(),
        profile.subject(),
        profile.phantom(),
        point,
        competence,
        profile.thresholds());
  }

  private static boolean mayMeasure(LabelledRow row) {
    return row.split().equals("train")
        || (row.split().equals(SPLIT)
            && ValidationPart.of(row.patient()) == ValidationPart.CALIBRATION);
  }
}
