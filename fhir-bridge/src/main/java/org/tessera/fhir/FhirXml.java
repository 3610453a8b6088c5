package org.tessera.fhir;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLStreamConstants;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.fhir.document.BoundedXml;

/** Reads FHIR XML by turning it into FHIR JSON with HAPI FHIR. */
final class FhirXml {
  private FhirXml() {}

  /**
   * Reads a record.
   *
   * @throws RejectedInputException if it is no FHIR bundle or patient in XML, has a document type
   *     or entities of its own, or exceeds a cap
   */
  static FhirRecord read(InputStream in) throws IOException, RejectedInputException {
    return FhirJson.read(new ByteArrayInputStream(json(in)));
  }

  /** The same resource in JSON, UTF-8; refuses what {@link #read} refuses. */
  static byte[] json(InputStream in) throws IOException, RejectedInputException {
    byte[] bytes = in.readAllBytes();
    requireHarmless(bytes);
    IParser parser = FhirContexts.r4().newXmlParser();
    RefusingErrorHandler handler = new RefusingErrorHandler();
    parser.setParserErrorHandler(handler);
    String json;
    try {
      json =
          FhirContexts.r4()
              .newJsonParser()
              .encodeResourceToString(
                  parser.parseResource(
                      new InputStreamReader(
                          new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)));
    } catch (DataFormatException e) {
      throw new RejectedInputException("The XML is not a FHIR R4 resource.", e);
    }
    return json.getBytes(StandardCharsets.UTF_8);
  }

  /** FHIR R4 2.6.1 knows no document type, and only a document type can declare an entity. */
  private static void requireHarmless(byte[] bytes) throws RejectedInputException {
    BoundedXml xml = BoundedXml.of(bytes);
    while (xml.next() != XMLStreamConstants.END_DOCUMENT) {
      // Only the caps matter here.
    }
  }
}
