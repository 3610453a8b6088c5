package org.tessera.casemodel;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a decoder is told beside the content.
 *
 * @param nextId gives the next evidence id of the case
 * @param requested the modality that the user named for the file, if any: an image file may be a
 *     radiograph or a tissue tile
 * @param patient identity from a manifest, for content that carries none
 * @param acquired time from a manifest, for content that carries none
 * @param partRejected told of every part of a container (an attachment of a record) that was not
 *     used while the rest of the container was
 */
public record DecodeContext(
    Supplier<String> nextId,
    Optional<Modality> requested,
    Optional<PatientIdentity> patient,
    Optional<Instant> acquired,
    Consumer<RejectedInput> partRejected) {

  /** A context for content without parts: rejected parts are not reported to anybody. */
  public DecodeContext(
      Supplier<String> nextId,
      Optional<Modality> requested,
      Optional<PatientIdentity> patient,
      Optional<Instant> acquired) {
    this(nextId, requested, patient, acquired, part -> {});
  }

  /**
   * The origin of the next evidence.
   *
   * @param content where it was read from
   * @param source name to show
   * @param group study, series or container
   * @param ownTime time that the content itself carries
   * @param ownPatient identity that the content itself carries
   */
  public EvidenceOrigin origin(
      Content content,
      String source,
      Optional<String> group,
      Optional<Instant> ownTime,
      Optional<PatientIdentity> ownPatient) {
    return new EvidenceOrigin(
        nextId.get(),
        source,
        content.mediaType(),
        content.sha256(),
        group,
        ownTime.or(this::acquired),
        ownPatient.or(this::patient));
  }
}
