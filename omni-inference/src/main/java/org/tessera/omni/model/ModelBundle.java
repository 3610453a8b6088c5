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
 * @param calibration scale and shift of each finding's logit
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
    Map<String, Calibration> calibration,
    List<FindingProfile> profiles,
    Map<String, Tensor> weights,
    TrainingMemory memory) {
  public ModelBundle {
    trainedOn = List.copyOf(trainedOn);
    limits = List.copyOf(limits);
    calibration = Map.copyOf(calibration);
    profiles = List.copyOf(profiles);
  }

  /**
   * Temperature scaling with a shift: calibrated logit = scale x logit + shift.
   *
   * @param scale one over the temperature
   * @param shift added afterwards
   * @param scaleVariance how far the scale would move with other patients; NaN if not measured
   * @param covariance of scale and shift
   * @param shiftVariance how far the shift would move
   */
  public record Calibration(
      double scale,
      double shift,
      double scaleVariance,
      double covariance,
      double shiftVariance) {
    /** Changes nothing. */
    public static final Calibration NONE = new Calibration(1, 0);

    /** A calibration of unknown spread. */
    public Calibration(double scale, double shift) {
      this(scale, shift, Double.NaN, Double.NaN, Double.NaN);
    }

    /** Standard error of a calibrated logit; NaN if it was not measured. */
    double deviation(double calibrated) {
      double raw = (calibrated - shift) / scale;
      double variance = raw * raw * scaleVariance + 2 * raw * covariance + shiftVariance;
      return Math.sqrt(Math.max(0, variance));
    }
  }

  /** The same model with other calibration and profiles. */
  public ModelBundle with(Map<String, Calibration> calibrated, List<FindingProfile> measured) {
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
