package org.tessera.fhir.document;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import org.tessera.casemodel.PatientIdentity;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.casemodel.Sex;

/**
 * Reads an HL7 CDA R2 document (C-CDA among them): the title and the narrative block of each
 * section in their order (CDA R2 4.3.5), which is what the document's author has signed; coded
 * entries repeat it and are not read. Where the body is a document of another format (4.2.2.1,
 * nonXMLBody), that one is read. Words that the narrative marks as deleted are left out.
 */
final class CdaDocument {
  private static final String HL7 = "urn:hl7-org:v3";

  /** Elements of the narrative block that stand on a line of their own (4.3.5.1 to 4.3.5.11). */
  private static final Set<String> BLOCKS =
      Set.of("paragraph", "list", "item", "table", "tr", "caption", "br", "title", "text");

  private static final Set<String> CELLS = Set.of("td", "th");
  private static final String PATIENT = "/recordTarget/patientRole";

  private final Lines lines = new Lines();
  private final Deque<String> path = new ArrayDeque<>();
  private final StringBuilder family = new StringBuilder();
  private final StringBuilder given = new StringBuilder();
  private final StringBuilder body = new StringBuilder();
  private Optional<String> bodyType = Optional.empty();
  private boolean bodyInBase64;
  private Optional<String> id = Optional.empty();
  private Optional<String> issuer = Optional.empty();
  private Optional<LocalDate> born = Optional.empty();
  private Optional<Sex> sex = Optional.empty();
  private int names;

  /** Levels of deleted words that we are in. */
  private int deleted;

  private CdaDocument() {}

  /**
   * Reads a document.
   *
   * @throws RejectedInputException if it is no CDA document, or its body cannot be read
   */
  static DocumentText read(byte[] bytes) throws IOException, RejectedInputException {
    CdaDocument document = new CdaDocument();
    document.readAll(BoundedXml.of(bytes));
    Optional<PatientIdentity> patient =
        Optional.of(document.patient()).filter(each -> !each.isEmpty());
    if (document.bodyType.isEmpty()) {
      return new DocumentText(
          document.lines.tidied(), patient, List.of());
    }
    DocumentText inside = document.inside(document.bodyType.get());
    return new DocumentText(inside.text(), patient.or(inside::patient), inside.remarks());
  }

  private void readAll(BoundedXml xml) throws RejectedInputException {
    boolean first = true;
    for (int event = xml.next();
        event != XMLStreamConstants.END_DOCUMENT;
        event = xml.next()) {
      switch (event) {
        case XMLStreamConstants.START_ELEMENT -> {
          if (first && !(xml.element().equals("ClinicalDocument") && xml.namespace().equals(HL7))) {
            throw new RejectedInputException("The XML is not an HL7 CDA document.");
          }
          first = false;
          path.addLast(xml.element());
          begin(xml);
        }
        case XMLStreamConstants.END_ELEMENT -> end();
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text(xml.text());
        default -> {}
      }
    }
  }

  private void begin(BoundedXml xml) {
    String element = xml.element();
    if (deleted > 0 || xml.attribute("revised").filter("delete"::equals).isPresent()) {
      deleted++;
    }
    if (isNarrative()) {
      if (BLOCKS.contains(element)) {
        lines.newLine();
      } else if (CELLS.contains(element)) {
        lines.blank();
      } else if (element.equals("sup")) {
        lines.raise();
      }
    } else if (isIn("/component/nonXMLBody/text")) {
      bodyType = Optional.of(mediaType(xml));
      bodyInBase64 = xml.attribute("representation").filter("B64"::equals).isPresent();
    } else if (path.size() <= 6 && at().startsWith(PATIENT)) {
      identify(xml, at().substring(PATIENT.length()));
    }
  }

  private static String mediaType(BoundedXml xml) {
    return xml.attribute("mediaType").orElse("text/plain").toLowerCase(Locale.ROOT);
  }

  private void end() {
    if (isNarrative() && BLOCKS.contains(path.getLast())) {
      lines.newLine();
    }
    deleted -= deleted > 0 ? 1 : 0;
    path.removeLast();
  }

  private void text(String words) {
    if (deleted > 0) {
      return;
    }
    if (isNarrative()) {
      lines.add(words.replaceAll("\\s+", " "));
    } else if (bodyType.isPresent() && isIn("/component/nonXMLBody/text")) {
      body.append(words);
    } else if (names == 1 && isIn(PATIENT + "/patient/name/family")) {
      family.append(words.strip());
    } else if (names == 1 && isIn(PATIENT + "/patient/name/given")) {
      given.append(' ').append(words.strip());
    }
  }

  /** In the title or the text of a section, at any depth of sections. */
  private boolean isNarrative() {
    String before = "";
    for (String each : path) {
      if (before.equals("section") && (each.equals("text") || each.equals("title"))) {
        return true;
      }
      before = each;
    }
    return false;
  }

  private String at() {
    String whole = String.join("/", path);
    return whole.substring(Math.min(whole.length(), "ClinicalDocument".length()));
  }

  private boolean isIn(String place) {
    return path.size() <= 6 && at().equals(place);
  }

  /** CDA R2 4.2.2.11: the first identifier, the first name. */
  private void identify(BoundedXml xml, String at) {
    switch (at) {
      case "/id" -> {
        if (id.isEmpty() && xml.attribute("nullFlavor").isEmpty()) {
          id = xml.attribute("extension");
          issuer =
              xml.attribute("root").filter(each -> id.isPresent()).map(each -> "urn:oid:" + each);
        }
      }
      case "/patient/name" -> names++;
      case "/patient/birthTime" -> born = xml.attribute("value").flatMap(CdaDocument::date);
      case "/patient/administrativeGenderCode" ->
          sex =
              xml.attribute("code")
                  .map(
                      code ->
                          switch (code) {
                            case "F" -> Sex.FEMALE;
                            case "M" -> Sex.MALE;
                            default -> Sex.OTHER;
                          });
      default -> {}
    }
  }

  private static Optional<LocalDate> date(String value) {
    try {
      return value.length() < 8
          ? Optional.empty()
          : Optional.of(
              LocalDate.parse(value.substring(0, 8), DateTimeFormatter.BASIC_ISO_DATE));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private PatientIdentity patient() {
    String first = given.toString().strip();
    Optional<String> name =
        family.isEmpty()
            ? Optional.of(first).filter(each -> !each.isEmpty())
            : Optional.of(first.isEmpty() ? family.toString() : family + ", " + first);
    return new PatientIdentity(id, issuer, name, born, sex);
  }

  private DocumentText inside(String type) throws IOException, RejectedInputException {
    byte[] bytes;
    if (bodyInBase64) {
      try {
        bytes = Base64.getMimeDecoder().decode(body.toString());
      } catch (IllegalArgumentException e) {
        throw new RejectedInputException("The body of the CDA document is not valid Base64.", e);
      }
    } else {
      bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    }
    if (type.equals("text/plain") && !DocumentText.isDocument(type, bytes)) {
      return DocumentText.of(new String(bytes, StandardCharsets.UTF_8));
    }
    if (type.endsWith("xml") && !type.contains("xhtml")
        || !DocumentText.isDocument(type, bytes)) {
      throw new RejectedInputException(
          "The body of the CDA document is of a type that is not read.");
    }
    return DocumentText.read(type, Optional.of("utf-8").filter(each -> !bodyInBase64), bytes);
  }
}
