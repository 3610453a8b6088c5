package org.tessera.dicom.xml;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.ElementDictionary;
import org.tessera.dicom.ModelBuilder;
import org.tessera.dicom.ModelElement;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.VR;

/**
 * Reads the Native DICOM Model (PS3.19 A.1) in UTF-8, with or without its namespace. Depth, number
 * of elements and values, and size (a quarter of what a data set may inflate to) are bounded.
 *
 * <p>A document type is refused, so there are no entities but the five of XML; nothing outside the
 * document is ever opened, and XInclude is not known. References to bulk data are never followed:
 * such an element is left out. For one thread, once.
 */
public final class DicomXmlReader {
  /** Levels of XML for one level of items: DicomAttribute and Item. */
  private static final int LEVELS = 2;

  private final XMLStreamReader xml;
  private final ParseLimits limits;
  private int counted;

  private DicomXmlReader(XMLStreamReader xml, ParseLimits limits) {
    this.xml = xml;
    this.limits = limits;
  }

  /**
   * Reads one data set. The source is not closed.
   *
   * @throws IOException if the source fails
   * @throws RejectedInputException with one sentence, if it is no Native DICOM Model or beyond the
   *     limits
   */
  public static Attributes read(InputStream source, ParseLimits limits)
      throws IOException, RejectedInputException {
    BoundedInput input = new BoundedInput(source, limits.maxInflatedBytes() / 4);
    @Nullable XMLStreamReader xml = null;
    try {
      xml = factory(limits).createXMLStreamReader(utf8(input));
      return ModelBuilder.build(new DicomXmlReader(xml, limits).document());
    } catch (XMLStreamException e) {
      input.rethrowFailure();
      throw damaged(input, xml, e);
    } catch (IllegalStateException | IndexOutOfBoundsException e) {
      // The parser of the JDK throws these for some damaged documents.
      throw damaged(input, xml, e);
    }
  }

  /** Decoded here: the parser of the JDK prints what it finds wrong with bytes. */
  private static Reader utf8(InputStream input) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    return new InputStreamReader(input, decoder);
  }

  private static XMLInputFactory factory(ParseLimits limits) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
    factory.setProperty(
        "jdk.xml.maxElementDepth", Integer.toString(LEVELS * (limits.maxDepth() + 4)));
    factory.setXMLResolver(
        (publicId, systemId, base, name) -> {
          throw new XMLStreamException("Nothing outside the document is read.");
        });
    return factory;
  }

  private static RejectedInputException damaged(
      BoundedInput input, @Nullable XMLStreamReader xml, Exception cause) {
    if (input.isTooLong()) {
      return new RejectedInputException("The DICOM XML is longer than what is read.", cause);
    }
    return new RejectedInputException(
        "The DICOM XML is damaged, or goes beyond what is read, near line %d, column %d."
            .formatted(
                xml == null ? 1 : Math.max(1, xml.getLocation().getLineNumber()),
                xml == null ? 1 : Math.max(1, xml.getLocation().getColumnNumber())),
        cause);
  }

  private RejectedInputException notDicom() {
    return new RejectedInputException(
        "The XML is no Native DICOM Model: something else stands near line %d, column %d."
            .formatted(
                Math.max(1, xml.getLocation().getLineNumber()),
                Math.max(1, xml.getLocation().getColumnNumber())));
  }

  private void require(boolean condition) throws RejectedInputException {
    if (!condition) {
      throw notDicom();
    }
  }

  private void count(int more) throws RejectedInputException {
    if (more > limits.maxElements() - counted) {
      throw new RejectedInputException(
          "The DICOM XML has more than %,d elements and values.".formatted(limits.maxElements()));
    }
    counted += more;
  }

  private List<ModelElement> document() throws XMLStreamException, RejectedInputException {
    while (xml.next() != XMLStreamConstants.START_ELEMENT) {
      require(isNothing());
    }
    require(isNamed("NativeDicomModel"));
    List<ModelElement> elements = dataset(1);
    while (xml.hasNext()) {
      xml.next();
      require(xml.getEventType() == XMLStreamConstants.END_DOCUMENT || isNothing());
    }
    return elements;
  }

  private boolean isNothing() {
    return switch (xml.getEventType()) {
      case XMLStreamConstants.COMMENT, XMLStreamConstants.PROCESSING_INSTRUCTION -> true;
      case XMLStreamConstants.CHARACTERS, XMLStreamConstants.SPACE -> xml.isWhiteSpace();
      default -> false;
    };
  }

  private boolean isNamed(String name) {
    String namespace = xml.getNamespaceURI();
    return xml.getLocalName().equals(name)
        && (namespace == null
            || namespace.isEmpty()
            || namespace.equals(DicomXmlWriter.NAMESPACE));
  }

  private String attribute(String name) {
    String value = xml.getAttributeValue(null, name);
    return value == null ? "" : value.strip();
  }

  /** Goes to the next child; false at the end of its parent. */
  private boolean nextChild() throws XMLStreamException, RejectedInputException {
    while (true) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT || event == XMLStreamConstants.END_ELEMENT) {
        return event == XMLStreamConstants.START_ELEMENT;
      }
      require(isNothing());
    }
  }

  private String text() throws XMLStreamException, RejectedInputException {
    StringBuilder text = new StringBuilder();
    while (true) {
      switch (xml.next()) {
        case XMLStreamConstants.END_ELEMENT -> {
          return text.toString();
        }
        case XMLStreamConstants.CHARACTERS,
            XMLStreamConstants.CDATA,
            XMLStreamConstants.SPACE ->
            text.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
        case XMLStreamConstants.COMMENT, XMLStreamConstants.PROCESSING_INSTRUCTION -> {}
        default -> throw notDicom();
      }
    }
  }

  private List<ModelElement> dataset(int depth)
      throws XMLStreamException, RejectedInputException {
    if (depth > limits.maxDepth() + 1) {
      throw new RejectedInputException(
          "The items of the DICOM XML are nested more than %d deep.".formatted(limits.maxDepth()));
    }
    List<ModelElement> elements = new ArrayList<>();
    PrivateBlocks blocks = new PrivateBlocks();
    Set<Integer> tags = new HashSet<>();
    while (nextChild()) {
      require(isNamed("DicomAttribute"));
      count(1);
      String creator = attribute("privateCreator");
      Optional<ModelElement> read = element(depth);
      if (read.isEmpty()) {
        continue;
      }
      ModelElement element = read.get();
      if (!creator.isEmpty() && ElementDictionary.isPrivate(element.tag())) {
        element = blocks.placed(element, creator);
      } else {
        blocks.note(element);
      }
      require(tags.add(element.tag()));
      elements.add(element);
    }
    for (ModelElement creator : blocks.added()) {
      require(tags.add(creator.tag()));
      elements.add(creator);
    }
    return elements;
  }

  private Optional<ModelElement> element(int depth)
      throws XMLStreamException, RejectedInputException {
    int tag = tag(attribute("tag"));
    VR vr = vr(attribute("vr"), tag);
    List<String> values = new ArrayList<>();
    List<List<ModelElement>> items = new ArrayList<>();
    Optional<byte[]> bulk = Optional.empty();
    boolean elsewhere = false;
    while (nextChild()) {
      require(bulk.isEmpty() && !elsewhere);
      if (isNamed("Item")) {
        require(vr == VR.SQ);
        count(1);
        items.add(dataset(depth + 1));
      } else if (isNamed("Value") || isNamed("PersonName")) {
        require(vr != VR.SQ && vr.kind() != VR.Kind.BULK);
        require(isNamed("PersonName") == (vr == VR.PN));
        skipTo(values);
        String value = vr == VR.PN ? personName() : text();
        values.add(vr.isText() ? value : value.strip());
      } else if (isNamed("InlineBinary")) {
        require(vr != VR.SQ && values.isEmpty());
        bulk = Optional.of(decoded(text()));
      } else {
        require(isNamed("BulkData") && values.isEmpty() && items.isEmpty());
        require(text().isBlank());
        elsewhere = true;
      }
    }
    return elsewhere
        ? Optional.empty()
        : Optional.of(new ModelElement(tag, vr, values, items, bulk));
  }

  private int tag(String text) throws RejectedInputException {
    require(text.length() == 8 && text.chars().allMatch(HexFormat::isHexDigit));
    return Integer.parseUnsignedInt(text, 16);
  }

  private VR vr(String text, int tag) throws RejectedInputException {
    if (text.isEmpty()) {
      return ElementDictionary.entry(tag).map(ElementDictionary.Entry::vr).orElse(VR.UN);
    }
    require(text.length() == 2);
    Optional<VR> known = VR.of(text.charAt(0), text.charAt(1));
    require(known.isPresent());
    return known.orElseThrow();
  }

  /** Values are numbered in order; those that are not given are empty (PS3.19 A.1.5). */
  private void skipTo(List<String> values) throws RejectedInputException {
    String text = attribute("number");
    int number = values.size() + 1;
    if (!text.isEmpty()) {
      require(text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9'));
      number = Integer.parseInt(text);
    }
    int skipped = number - 1 - values.size();
    require(skipped >= 0);
    count(skipped + 1);
    for (int i = 0; i < skipped; i++) {
      values.add("");
    }
  }

  private String personName() throws XMLStreamException, RejectedInputException {
    String[] groups = {"", "", ""};
    while (nextChild()) {
      groups[ordinal(DicomXmlWriter.GROUPS)] = group();
    }
    return joined(groups, "=");
  }

  private String group() throws XMLStreamException, RejectedInputException {
    String[] components = {"", "", "", "", ""};
    while (nextChild()) {
      components[ordinal(DicomXmlWriter.COMPONENTS)] = text();
    }
    return joined(components, "^");
  }

  private int ordinal(List<String> names) throws RejectedInputException {
    int ordinal = names.indexOf(xml.getLocalName());
    require(ordinal >= 0 && isNamed(names.get(ordinal)));
    return ordinal;
  }

  private static String joined(String[] parts, String delimiter) {
    int used = parts.length;
    while (used > 0 && parts[used - 1].isEmpty()) {
      used--;
    }
    return String.join(delimiter, Arrays.asList(parts).subList(0, used));
  }

  private static byte[] decoded(String text) throws RejectedInputException {
    try {
      return Base64.getMimeDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new RejectedInputException("A bulk value of the DICOM XML is no Base64.", e);
    }
  }
}
