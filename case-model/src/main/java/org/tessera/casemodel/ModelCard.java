package org.tessera.casemodel;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What travels with every result.
 *
 * @param name of the model
 * @param version of the model
 * @param sha256 of the weights
 * @param device where it ran
 * @param parameters number of parameters
 * @param activeParameters number of parameters that one token passes
 * @param intendedUse what it may be used for, and what not
 * @param trainedOn data sets, with their licences
 * @param limits where it is known to fail
 */
public record ModelCard(
    String name,
    String version,
    Optional<String> sha256,
    String device,
    OptionalLong parameters,
    OptionalLong activeParameters,
    String intendedUse,
    List<String> trainedOn,
    List<String> limits) {
  public ModelCard {
    trainedOn = List.copyOf(trainedOn);
    limits = List.copyOf(limits);
  }
}
