package org.tessera.fhir.document;

import java.io.ByteArrayInputStream;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.tessera.casemodel.RejectedInputException;

/**
 * XML as a stream, without a document type, without entities, never deeper or longer than a cap;
 * nothing outside of the bytes is ever read.
 */
public final class BoundedXml {
  /** Levels of elements. */
  private static final int MOST_LEVELS = 100;

  private static final int MOST_ELEMENTS = 1_000_000;

  private final XMLStreamReader reader;
  private int depth;
  private int elements;

  private BoundedXml(XMLStreamReader reader) {
    this.reader = reader;
  }

  /**
   * Opens XML.
   *
   * @throws RejectedInputException if its first bytes are no XML
   */
  public static BoundedXml of(byte[] bytes) throws RejectedInputException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    // The cap below says what is wrong.
    factory.setProperty("jdk.xml.maxElementDepth", 0);
    try {
      return new BoundedXml(factory.createXMLStreamReader(new ByteArrayInputStream(bytes)));
    } catch (XMLStreamException e) {
      throw broken(e);
    }
  }

  /**
   * Goes to the next event.
   *
   * @return a constant of {@link XMLStreamConstants}; {@code END_DOCUMENT} is the last
   * @throws RejectedInputException if it is no XML, declares a document type or an entity, or
   *     exceeds a cap
   */
  public int next() throws RejectedInputException {
    int event;
    try {
      event = reader.next();
    } catch (XMLStreamException e) {
      throw broken(e);
    }
    if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
      throw new RejectedInputException(
          "The XML declares a document type or entities, which FHIR and CDA do not allow.");
    }
    if (event == XMLStreamConstants.START_ELEMENT) {
      depth++;
      elements++;
    } else if (event == XMLStreamConstants.END_ELEMENT) {
      depth--;
    }
    if (depth > MOST_LEVELS || elements > MOST_ELEMENTS) {
      throw new RejectedInputException(
          "The XML is nested deeper than %d levels or has more than %,d elements."
              .formatted(MOST_LEVELS, MOST_ELEMENTS));
    }
    return event;
  }

  /** Name of the element that begins or ends, without its prefix. */
  String element() {
    return reader.getLocalName();
  }

  /** Namespace of the element that begins or ends; empty if it has none. */
  String namespace() {
    return Optional.ofNullable(reader.getNamespaceURI()).orElse("");
  }

  /** An attribute, whatever its namespace, of the element that begins; empty if it has none. */
  Optional<String> attribute(String name) {
    return Optional.ofNullable(reader.getAttributeValue(null, name))
        .filter(each -> !each.isBlank());
  }

  /** The characters of the event. */
  String text() {
    return reader.getText();
  }

  private static RejectedInputException broken(XMLStreamException e) {
    return new RejectedInputException(
        "The file is not valid XML, or was cut off at line %d."
            .formatted(e.getLocation() == null ? 1 : e.getLocation().getLineNumber()),
        e);
  }
}
