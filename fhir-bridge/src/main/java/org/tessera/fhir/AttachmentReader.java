package org.tessera.fhir;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.Content;
import org.tessera.casemodel.ContentDecoder;
import org.tessera.casemodel.DecodeContext;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.PatientIdentity;
import org.tessera.casemodel.RejectedInput;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.fhir.document.DocumentText;

/** Hands the attachments of a record to the decoders of their media types. */
final class AttachmentReader {
  static final int MAX_ATTACHMENTS = 64;
  static final int MAX_BYTES = 32 << 20;

  private final List<ContentDecoder> decoders;
  private final DecodeContext context;
  private final Optional<PatientIdentity> patient;

  AttachmentReader(
      List<ContentDecoder> decoders, DecodeContext context, Optional<PatientIdentity> patient) {
    this.decoders = decoders;
    this.context = context;
    this.patient = patient;
  }

  /** The evidence of all attachments; one that cannot be used is reported, and the rest goes on. */
  List<Evidence> evidence(List<Attachment> attachments) throws RejectedInputException {
    List<Evidence> evidence = new ArrayList<>();
    for (int i = 0; i < attachments.size(); i++) {
      Attachment attachment = attachments.get(i);
      byte[] bytes = {};
      try {
        if (i >= MAX_ATTACHMENTS) {
          throw new RejectedInputException(
              "The record has more than %d attachments; this one was not read."
                  .formatted(MAX_ATTACHMENTS));
        }
        bytes = bytes(attachment);
        evidence.addAll(decoded(attachment, bytes));
      } catch (RejectedInputException e) {
        reject(attachment, bytes, e.sentence());
      } catch (IOException e) {
        reject(attachment, bytes, "The attachment cannot be read.");
      } catch (RuntimeException e) {
        // A defect in a decoder costs one attachment, not the record.
        reject(attachment, bytes, "The attachment could not be decoded; it may be damaged.");
      }
    }
    return evidence;
  }

  private List<Evidence> decoded(Attachment attachment, byte[] bytes)
      throws IOException, RejectedInputException {
    String type = attachment.mediaType();
    if (DocumentText.isDocument(type, bytes)) {
      DocumentText document = DocumentText.read(type, attachment.charset(), bytes);
      requireSamePatient(document);
      List<Evidence> evidence =
          handed(
              attachment,
              new AttachmentContent(attachment.name(), "text/plain", utf8(document.text())),
              document.patient().or(() -> patient));
      document.remarks().forEach(each -> reject(attachment, bytes, each));
      return evidence;
    }
    byte[] content = type.equals("text/plain") ? inUtf8(attachment, bytes) : bytes;
    return handed(
        attachment, new AttachmentContent(attachment.name(), type, content), patient);
  }

  /** A document in the wrong record; what cannot be compared is left to whoever knows more. */
  private void requireSamePatient(DocumentText document) throws RejectedInputException {
    Optional<PatientIdentity> named = document.patient();
    if (named.isEmpty() || patient.isEmpty()) {
      return;
    }
    PatientIdentity own = named.get();
    PatientIdentity other = patient.get();
    boolean sameIssuer = own.issuer().isPresent() && own.issuer().equals(other.issuer());
    if ((sameIssuer && SubjectCheck.differ(own, other, PatientIdentity::id))
        || SubjectCheck.differ(own, other, PatientIdentity::birthDate)) {
      throw new RejectedInputException(
          "The document names another patient than the record that holds it.");
    }
  }

  private List<Evidence> handed(
      Attachment attachment, Content content, Optional<PatientIdentity> owner)
      throws IOException, RejectedInputException {
    for (ContentDecoder decoder : decoders) {
      if (decoder.accepts(content.mediaType())) {
        return decoder.decode(
            content,
            new DecodeContext(
                context.nextId(),
                modality(content.mediaType()),
                owner.or(context::patient),
                attachment.time().or(context::acquired),
                context.partRejected()));
      }
    }
    throw new RejectedInputException(
        attachment.mediaType().isEmpty()
            ? "The record does not say what kind of attachment this is."
            : "Attachments of the type %s are not read."
                .formatted(Concept.bounded(attachment.mediaType())));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  // A declared character set is better than the note decoder's guess.
  private static byte[] inUtf8(Attachment attachment, byte[] bytes) {
    try {
      Charset charset = Charset.forName(attachment.charset().orElse("utf-8"));
      return charset.equals(StandardCharsets.UTF_8)
          ? bytes
          : utf8(new String(bytes, charset));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return bytes;
    }
  }

  private static byte[] bytes(Attachment attachment) throws RejectedInputException {
    FhirElement body = attachment.body();
    Optional<String> data = body.text("data");
    if (data.isEmpty()) {
      throw new RejectedInputException(
          body.text("url").isPresent()
              ? "The attachment is stored elsewhere; the record has only its address."
              : "The attachment has no content.");
    }
    String base64 = data.get().replaceAll("\\s", "");
    if (base64.length() / 4L * 3 > MAX_BYTES) {
      throw new RejectedInputException(
          "The attachment has more than %,d bytes.".formatted(MAX_BYTES));
    }
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new RejectedInputException("The attachment is not valid Base64.", e);
    }
    requireIntact(body, bytes);
    return bytes;
  }

  /** R4 2.24.0.9: size in bytes, and the SHA-1 in Base64, both optional. */
  private static void requireIntact(FhirElement body, byte[] bytes)
      throws RejectedInputException {
    boolean size = body.number("size").orElse(bytes.length) == bytes.length;
    Optional<String> hash = body.text("hash");
    try {
      if (!size
          || hash.isPresent()
              && !Arrays.equals(Hashes.sha1(bytes), Base64.getDecoder().decode(hash.get()))) {
        throw new RejectedInputException(
            "The attachment does not have the size or the hash that the record gives for it.");
      }
    } catch (IllegalArgumentException e) {
      throw new RejectedInputException("The hash of the attachment is not valid Base64.", e);
    }
  }

  private static Optional<Modality> modality(String mediaType) {
    int slash = mediaType.indexOf('/');
    return switch (slash < 0 ? mediaType : mediaType.substring(0, slash)) {
      case "text" -> Optional.of(Modality.NOTE);
      case "audio" -> Optional.of(Modality.AUDIO);
      case "image" -> Optional.of(Modality.IMAGE);
      default ->
          DocumentText.isDocument(mediaType, new byte[0])
              ? Optional.of(Modality.NOTE)
              : Optional.empty();
    };
  }

  private void reject(Attachment attachment, byte[] bytes, String reason) {
    context
        .partRejected()
        .accept(
            new RejectedInput(
                context.nextId().get(),
                modality(attachment.mediaType()),
                attachment.name(),
                Optional.of(attachment.mediaType()).filter(each -> !each.isEmpty()),
                Hashes.sha256(bytes),
                reason));
  }
}
