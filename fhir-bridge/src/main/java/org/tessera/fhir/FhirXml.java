package org.tessera.fhir;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.tessera.casemodel.RejectedInputException;

/** Reads FHIR XML by turning it into FHIR JSON with HAPI FHIR. */
final class FhirXml {
  private static final int MAX_ELEMENTS = 1_000_000;

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
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
      int depth = 0;
      int elements = 0;
      while (reader.hasNext()) {
        int event = reader.next();
        if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
          throw new RejectedInputException(
              "The XML declares a document type or entities, which FHIR does not allow.");
        }
        if (event == XMLStreamConstants.START_ELEMENT) {
          depth++;
          elements++;
        } else if (event == XMLStreamConstants.END_ELEMENT) {
          depth--;
        }
        if (depth > FhirJson.MAX_DEPTH || elements > MAX_ELEMENTS) {
          throw new RejectedInputException(
              "The XML is nested deeper than %d levels or has more than %,d elements."
                  .formatted(FhirJson.MAX_DEPTH, MAX_ELEMENTS));
        }
      }
    } catch (XMLStreamException e) {
      throw new RejectedInputException(
          "The file is not valid XML, or was cut off at line %d."
              .formatted(e.getLocation() == null ? 1 : e.getLocation().getLineNumber()),
          e);
    }
  }
}
