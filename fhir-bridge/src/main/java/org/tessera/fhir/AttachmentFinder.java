package org.tessera.fhir;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.tessera.casemodel.RejectedInputException;

/** Finds the attachments of a record: documents, presented forms, media, and binaries alone. */
final class AttachmentFinder {
  private final String container;
  private final References references;
  private final List<Attachment> found = new ArrayList<>();
  private final Set<String> used = new HashSet<>();

  AttachmentFinder(String container, References references) {
    this.container = container;
    this.references = references;
  }

  /**
   * The attachments in the order of the record, binaries alone last.
   *
   * @throws RejectedInputException if an attachment refers to a Binary that is not in the bundle
   */
  List<Attachment> in(List<FhirResource> resources) throws RejectedInputException {
    for (FhirResource resource : resources) {
      if (!resource.isVoid()) {
        addAll(resource);
      }
    }
    for (FhirResource resource : resources) {
      if (resource.type().equals("Binary") && !used.contains(resource.key())) {
        add(resource, resource.body(), resource.key(), Optional.empty());
      }
    }
    return List.copyOf(found);
  }

  private void addAll(FhirResource resource) throws RejectedInputException {
    FhirElement body = resource.body();
    List<FhirElement> attachments = new ArrayList<>();
    switch (resource.type()) {
      case "DocumentReference" -> {
        for (FhirElement content : body.children("content")) {
          content.child("attachment").ifPresent(attachments::add);
        }
      }
      case "DiagnosticReport" -> attachments.addAll(body.children("presentedForm"));
      case "Media" -> body.child("content").ifPresent(attachments::add);
      default -> {
        return;
      }
    }
    Optional<Instant> time =
        body.firstTime("date", "createdDateTime", "effectiveDateTime", "effectivePeriod", "issued");
    for (int i = 0; i < attachments.size(); i++) {
      String name = resource.key() + (attachments.size() > 1 ? "[" + i + "]" : "");
      Optional<Instant> created = attachments.get(i).time("creation");
      add(resource, resolved(attachments.get(i)), name, time.or(() -> created));
    }
  }

  private FhirElement resolved(FhirElement attachment) throws RejectedInputException {
    Optional<String> url = attachment.text("url");
    if (attachment.text("data").isPresent() || url.isEmpty()) {
      return attachment;
    }
    Optional<FhirResource> binary = references.find(url.get());
    if (binary.isPresent() && binary.get().type().equals("Binary")) {
      used.add(binary.get().key());
      return binary.get().body();
    }
    if (References.isLocal(url.get())) {
      throw new RejectedInputException(
          "The FHIR bundle has a missing reference: an attachment of its %s is not in it."
              .formatted(attachment.place().substring(0, attachment.place().indexOf('.'))));
    }
    return attachment;
  }

  private void add(
      FhirResource owner, FhirElement body, String name, Optional<Instant> time)
      throws RejectedInputException {
    String[] type = body.text("contentType").orElse("").toLowerCase(Locale.ROOT).split(";", 2);
    Optional<String> charset =
        Optional.of(type.length > 1 ? type[1].strip() : "")
            .filter(each -> each.startsWith("charset="))
            .map(each -> each.substring("charset=".length()).replace("\"", "").strip());
    if (!owner.type().equals("DocumentReference")
        || owner.body().text("status").filter("superseded"::equals).isEmpty()) {
      found.add(new Attachment(container + "#" + name, type[0].strip(), charset, body, time));
    }
  }
}
