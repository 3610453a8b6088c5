package org.tessera.omni.model;

import java.util.List;
import java.util.Map;
import org.tessera.omni.model.Safetensors.Tensor;

/**
 * Everything that ships as one model.
 *
 * @param name of the model
 * @param version of the model
 * @param config its sizes
 * @param intendedUse what it may be used for, and what not
 * @param trainedOn data sets, with their licences
 * @param limits where it is known to fail
 * @param calibration what makes a calibrated logit of each finding's raw one
 * @param profiles what is known of each finding
 * @param weights parameters by name
 * @param memory what the model remembers of its training inputs
 */
public record ModelBundle(
    String name,
    String version,
    ModelConfig config,
    String intendedUse,
    List<String> trainedOn,
    List<String> limits,
    Map<String, CalibrationCurve> calibration,
    List<FindingProfile> profiles,
    Map<String, Tensor> weights,
    TrainingMemory memory) {
  public ModelBundle {
    trainedOn = List.copyOf(trainedOn);
    limits = List.copyOf(limits);
    calibration = Map.copyOf(calibration);
    profiles = List.copyOf(profiles);
  }

  /** The same model with other calibration and profiles. */
  public ModelBundle with(Map<String, CalibrationCurve> calibrated, List<FindingProfile> measured) {
    return new ModelBundle(
        name,
        version,
        config,
        intendedUse,
        trainedOn,
        limits,
        calibrated,
        measured,
        weights,
        memory);
  }

  /** The same model with another memory. */
  public ModelBundle with(TrainingMemory remembered) {
    return new ModelBundle(
        name,
        version,
        config,
        intendedUse,
        trainedOn,
        limits,
        calibration,
        profiles,
        weights,
        remembered);
  }
}
