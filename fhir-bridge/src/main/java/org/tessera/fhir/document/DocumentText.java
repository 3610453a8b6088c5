package org.tessera.fhir.document;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tessera.casemodel.PatientIdentity;
import org.tessera.casemodel.RejectedInputException;

/**
 * What a document says.
 *
 * @param text never blank
 * @param patient whom the document itself names, where its format has a place for that (CDA)
 * @param remarks sentences about what of it was not read, for a person; empty if all was
 */
public record DocumentText(
    String text, Optional<PatientIdentity> patient, List<String> remarks) {

  private static final Set<String> HTML = Set.of("text/html", "application/xhtml+xml");
  private static final Set<String> RTF =
      Set.of("text/rtf", "application/rtf", "application/x-rtf", "text/richtext");
  private static final Set<String> PDF = Set.of("application/pdf", "application/x-pdf");
  private static final Set<String> XML =
      Set.of(
          "text/xml",
          "application/xml",
          "application/hl7-cda+xml",
          "application/cda+xml",
          "application/x-hl7-cda-level-one+xml");

  public DocumentText {
    remarks = List.copyOf(remarks);
  }

  static DocumentText of(String text) {
    return new DocumentText(text, Optional.empty(), List.of());
  }

  /**
   * Tells whether something is a document that is read here.
   *
   * @param mediaType in lower case, without parameters
   * @param bytes its content: RTF and PDF that are called plain text are known by how they begin
   */
  public static boolean isDocument(String mediaType, byte[] bytes) {
    return !kind(mediaType, bytes).isEmpty();
  }

  /** The set of types that it belongs to; empty if it is no document. */
  private static Set<String> kind(String mediaType, byte[] bytes) {
    if (mediaType.startsWith("text/") && begins(bytes, "{\\rtf")) {
      return RTF;
    }
    if (mediaType.startsWith("text/") && begins(bytes, "%PDF-")) {
      return PDF;
    }
    return List.of(HTML, RTF, PDF, XML).stream()
        .filter(each -> each.contains(mediaType))
        .findFirst()
        .orElse(Set.of());
  }

  private static boolean begins(byte[] bytes, String with) {
    byte[] wanted = with.getBytes(StandardCharsets.US_ASCII);
    return bytes.length >= wanted.length
        && new String(bytes, 0, wanted.length, StandardCharsets.US_ASCII).equals(with);
  }

  /**
   * Reads a document.
   *
   * @param mediaType in lower case, without parameters; one for which {@link #isDocument} is true
   * @param charset of an HTML page, where it was declared outside of it
   * @throws RejectedInputException with one sentence, if it cannot be read or has no text
   */
  public static DocumentText read(String mediaType, Optional<String> charset, byte[] bytes)
      throws IOException, RejectedInputException {
    Set<String> kind = kind(mediaType, bytes);
    DocumentText read;
    if (kind.equals(HTML)) {
      read = of(HtmlText.of(bytes, charset));
    } else if (kind.equals(RTF)) {
      read = of(RtfText.of(bytes));
    } else if (kind.equals(PDF)) {
      read = PdfText.of(bytes);
    } else if (kind.equals(XML)) {
      read = CdaDocument.read(bytes);
    } else {
      throw new RejectedInputException("Documents of this type are not read.");
    }
    if (read.text().isBlank()) {
      throw new RejectedInputException("The document has no text.");
    }
    return read;
  }
}
