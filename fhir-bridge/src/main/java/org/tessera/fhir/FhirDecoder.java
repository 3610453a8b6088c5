package org.tessera.fhir;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tessera.casemodel.Content;
import org.tessera.casemodel.ContentDecoder;
import org.tessera.casemodel.DecodeContext;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.PatientIdentity;
import org.tessera.casemodel.RecordEvidence;
import org.tessera.casemodel.RecordFact;
import org.tessera.casemodel.RejectedInputException;

/**
 * Reads a FHIR R4 bundle of any type, or a patient alone, in JSON or XML.
 *
 * <p>The result is one {@link RecordEvidence} with the facts of the record (at most 512; of
 * observations with the same code only the newest), followed by what the attachment decoders made
 * of the notes and recordings inside. A fact's entry names the resource and the JSON element, for
 * example {@code Condition/12} and {@code code}, {@code Observation/3} and {@code valueQuantity} or
 * {@code component[1].valueQuantity} (components from 0).
 *
 * <p>The age is that at the index time: the acquisition time of the context, else the latest date
 * in the bundle (of its statements, encounters, procedures and immunizations, or the time stamp of
 * a collection or document).
 *
 * <p>A record is refused as a whole if it has several patients, or a statement about a patient or
 * with an attachment that is not in the bundle. An attachment that cannot be used is reported to
 * {@link DecodeContext#partRejected()} and costs nothing else. Resources entered in error, asserted
 * by artificial intelligence (security label AIAST) or with modifier extensions are left out.
 *
 * <p>Stateless; safe for several threads.
 */
public final class FhirDecoder implements ContentDecoder {
  private static final long MAX_BYTES = 64L << 20;

  private final List<ContentDecoder> attachmentDecoders;

  /**
   * A decoder.
   *
   * @param attachmentDecoders for notes, recordings and other attachments; the first that accepts
   *     the media type decodes (the text of documents is offered as {@code text/plain})
   */
  public FhirDecoder(List<ContentDecoder> attachmentDecoders) {
    this.attachmentDecoders = List.copyOf(attachmentDecoders);
  }

  @Override
  public boolean accepts(String mediaType) {
    return isJson(mediaType) || isXml(mediaType);
  }

  private static boolean isJson(String mediaType) {
    String type = bare(mediaType);
    return type.equals("application/fhir+json") || type.equals("application/json");
  }

  private static boolean isXml(String mediaType) {
    String type = bare(mediaType);
    return type.equals("application/fhir+xml")
        || type.equals("application/xml")
        || type.equals("text/xml");
  }

  private static String bare(String mediaType) {
    return mediaType.toLowerCase(Locale.ROOT).split(";", 2)[0].strip();
  }

  @Override
  public List<Evidence> decode(Content content, DecodeContext context)
      throws IOException, RejectedInputException {
    if (content.size() == 0) {
      throw new RejectedInputException("The file is empty.");
    }
    if (content.size() > MAX_BYTES) {
      throw new RejectedInputException(
          "The record has %,d bytes; at most %,d are read.".formatted(content.size(), MAX_BYTES));
    }
    FhirRecord record;
    try (InputStream in = content.open()) {
      record = isXml(content.mediaType()) ? FhirXml.read(in) : FhirJson.read(in);
    }
    return evidence(record, content, context);
  }

  private List<Evidence> evidence(FhirRecord record, Content content, DecodeContext context)
      throws IOException, RejectedInputException {
    References references = new References(record.resources());
    SubjectCheck subjects = new SubjectCheck(record, references);
    List<FhirResource> about = new ArrayList<>();
    for (FhirResource each : record.resources()) {
      if (subjects.isAboutPatient(each)) {
        about.add(each);
      }
    }
    List<Attachment> attachments = new AttachmentFinder(content.name(), references).in(about);
    Optional<Instant> latest = LatestDate.of(about, record.assembled());
    Optional<PatientReader> patient = subjects.patient().map(PatientReader::new);
    List<RecordFact> facts =
        facts(about, references, patient, context.acquired().or(() -> latest));
    if (facts.isEmpty() && attachments.isEmpty()) {
      throw new RejectedInputException(
          "The FHIR record says nothing about a patient that can be used.");
    }
    Optional<PatientIdentity> identity =
        patient.isPresent()
            ? Optional.of(patient.get().identity()).filter(each -> !each.isEmpty())
            : Optional.empty();
    List<Evidence> evidence = new ArrayList<>();
    if (!facts.isEmpty()) {
      evidence.add(
          new RecordEvidence(
              context.origin(content, content.name(), Optional.empty(), latest, identity), facts));
    }
    List<String> reasons = new ArrayList<>();
    DecodeContext parts =
        new DecodeContext(
            context.nextId(),
            context.requested(),
            context.patient(),
            context.acquired(),
            part -> {
              reasons.add(part.reason());
              context.partRejected().accept(part);
            });
    evidence.addAll(
        new AttachmentReader(attachmentDecoders, parts, identity).evidence(attachments));
    if (evidence.isEmpty()) {
      throw new RejectedInputException(
          "The FHIR record has attachments only, and none of them can be used. "
              + reasons.stream().findFirst().orElse(""));
    }
    return List.copyOf(evidence);
  }

  private static List<RecordFact> facts(
      List<FhirResource> resources,
      References references,
      Optional<PatientReader> patient,
      Optional<Instant> index)
      throws RejectedInputException {
    List<RecordFact> facts = new ArrayList<>();
    FactReader reader = new FactReader(references);
    for (FhirResource each : resources) {
      facts.addAll(reader.facts(each));
    }
    if (patient.isPresent()) {
      patient.get().sexFact().ifPresent(facts::addFirst);
      Optional<RecordFact> age =
          index.isPresent() ? patient.get().ageFact(index.get()) : Optional.empty();
      if (age.isPresent()) {
        // What follows from the birth date is better than an age once stated.
        facts.removeIf(each -> each.kind() == RecordFact.Kind.AGE);
        facts.addFirst(age.get());
      }
    }
    return FactSelection.of(facts);
  }
}
