package org.tessera.dicom.xml;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Bytes;
import org.tessera.dicom.Element;
import org.tessera.dicom.ElementDictionary;
import org.tessera.dicom.Fragments;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Sequence;
import org.tessera.dicom.Tag;
import org.tessera.dicom.VR;
import org.tessera.dicom.Values;

/**
 * The Native DICOM Model (PS3.19 A.1) of a data set. Pixel data, and values above the limit for
 * inline ones, become a {@code BulkData} whose UUID is the same each time, but which nobody serves.
 * File meta information and group lengths are left out. Private elements carry their creator, and
 * 00 in place of their block.
 *
 * <p>What XML 1.0 cannot carry (control characters other than tab and line ends, halves of
 * surrogate pairs, U+FFFE and U+FFFF) becomes U+FFFD. Trailing delimiters of person names have no
 * place in the model.
 */
public final class DicomXmlWriter {
  static final String NAMESPACE = "http://dicom.nema.org/PS3.19/models/NativeDICOM";
  static final List<String> GROUPS = List.of("Alphabetic", "Ideographic", "Phonetic");
  static final List<String> COMPONENTS =
      List.of("FamilyName", "GivenName", "MiddleName", "NamePrefix", "NameSuffix");

  private static final char REPLACEMENT = '\uFFFD';
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final XMLStreamWriter xml;
  private final int inlineLimit;
  private final String object;
  private int bulkValues;

  private DicomXmlWriter(XMLStreamWriter xml, int inlineLimit, String object) {
    this.xml = xml;
    this.inlineLimit = inlineLimit;
    this.object = object;
  }

  /** The XML document of a data set, with its declaration. */
  public static String write(Attributes dataset) {
    StringWriter text = new StringWriter();
    try {
      write(dataset, text, ParseLimits.standard());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** Writes the XML document of a data set; the writer has to encode it in UTF-8. */
  public static void write(Attributes dataset, Writer out, ParseLimits limits)
      throws IOException {
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("NativeDicomModel");
      xml.writeDefaultNamespace(NAMESPACE);
      xml.writeAttribute("xml:space", "preserve");
      String object = dataset.string(Tag.SOPInstanceUID).orElse("");
      new DicomXmlWriter(xml, limits.maxInlineBytes(), object).dataset(dataset);
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw e.getNestedException() instanceof IOException cause ? cause : new IOException(e);
    }
  }

  private void dataset(Attributes dataset) throws XMLStreamException {
    for (Element element : dataset) {
      if (element.group() != 2 && (element.tag() & 0xFFFF) != 0) {
        element(element, dataset);
      }
    }
  }

  private void element(Element element, Attributes owner) throws XMLStreamException {
    int tag = element.tag();
    Optional<String> creator = writtenCreator(tag, owner);
    xml.writeStartElement("DicomAttribute");
    xml.writeAttribute("tag", HEX.toHexDigits(creator.isPresent() ? tag & 0xFFFF00FF : tag));
    xml.writeAttribute("vr", element.effectiveVr(owner).name());
    if (creator.isPresent()) {
      xml.writeAttribute("privateCreator", creator.get());
    } else {
      Optional<ElementDictionary.Entry> entry = ElementDictionary.entry(tag);
      if (entry.isPresent()) {
        xml.writeAttribute("keyword", entry.get().keyword());
      }
    }
    value(element, owner);
    xml.writeEndElement();
  }

  /**
   * The creator, if it leads a reader back to the block: it can be written, and no lower block has
   * the same one.
   */
  private static Optional<String> writtenCreator(int tag, Attributes owner) {
    Optional<String> creator = owner.privateCreator(tag);
    if (creator.isEmpty() || !isPlain(creator.get())) {
      return Optional.empty();
    }
    for (int block = 0x10; block < (tag >>> 8 & 0xFF); block++) {
      if (owner.privateCreator(tag & 0xFFFF00FF | block << 8).equals(creator)) {
        return Optional.empty();
      }
    }
    return creator;
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || !isAllowed(text, i)) {
        return false;
      }
    }
    return true;
  }

  private void value(Element element, Attributes owner) throws XMLStreamException {
    switch (element.value()) {
      case Sequence sequence -> items(sequence);
      case Fragments fragments -> bulkData();
      case Bytes bytes -> {
        if (bytes.length() > 0) {
          value(element, bytes, owner);
        }
      }
    }
  }

  private void items(Sequence sequence) throws XMLStreamException {
    int number = 0;
    for (Attributes item : sequence) {
      startNumbered("Item", ++number);
      dataset(item);
      xml.writeEndElement();
    }
  }

  private void startNumbered(String name, long number) throws XMLStreamException {
    xml.writeStartElement(name);
    xml.writeAttribute("number", Long.toString(number));
  }

  private void bulkData() throws XMLStreamException {
    String name = object + '/' + ++bulkValues;
    UUID uuid = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    xml.writeEmptyElement("BulkData");
    xml.writeAttribute("uuid", uuid.toString());
  }

  private static boolean isPixelData(int tag) {
    return tag == Tag.PixelData || tag == Tag.FloatPixelData || tag == Tag.DoubleFloatPixelData;
  }

  private void value(Element element, Bytes bytes, Attributes owner) throws XMLStreamException {
    VR vr = element.effectiveVr(owner);
    if (isPixelData(element.tag()) || bytes.length() > inlineLimit) {
      bulkData();
    } else if (vr.kind() == VR.Kind.BULK) {
      xml.writeStartElement("InlineBinary");
      xml.writeCharacters(Base64.getEncoder().encodeToString(bytes.toArray()));
      xml.writeEndElement();
    } else if (vr.kind() == VR.Kind.INTEGER || vr.kind() == VR.Kind.REAL) {
      numbers(bytes, vr);
    } else {
      texts(owner.strings(element.tag()), vr);
    }
  }

  private void numbers(Bytes bytes, VR vr) throws XMLStreamException {
    long count = bytes.length() / vr.width();
    for (long i = 0; i < count; i++) {
      startNumbered("Value", i + 1);
      // As XML Schema writes them (Part 2, 3.3.5).
      String number = Values.numberAsText(bytes, vr, i * vr.width());
      xml.writeCharacters(number.replace("Infinity", "INF"));
      xml.writeEndElement();
    }
  }

  private void texts(List<String> values, VR vr) throws XMLStreamException {
    int number = 0;
    for (String value : values) {
      startNumbered(vr == VR.PN ? "PersonName" : "Value", ++number);
      if (vr == VR.PN) {
        personName(value);
      } else {
        text(value);
      }
      xml.writeEndElement();
    }
  }

  private void personName(String name) throws XMLStreamException {
    String[] groups = name.split("=", GROUPS.size());
    for (int i = 0; i < groups.length; i++) {
      if (groups[i].chars().anyMatch(c -> c != '^')) {
        xml.writeStartElement(GROUPS.get(i));
        String[] components = groups[i].split("\\^", COMPONENTS.size());
        for (int k = 0; k < components.length; k++) {
          if (!components[k].isEmpty()) {
            xml.writeStartElement(COMPONENTS.get(k));
            text(components[k]);
            xml.writeEndElement();
          }
        }
        xml.writeEndElement();
      }
    }
  }

  private void text(String text) throws XMLStreamException {
    StringBuilder run = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\r') {
        // A reader would take a bare one for the end of a line (XML 1.0, 2.11).
        xml.writeCharacters(run.toString());
        run.setLength(0);
        xml.writeEntityRef("#13");
      } else {
        run.append(isAllowed(text, i) ? c : REPLACEMENT);
      }
    }
    xml.writeCharacters(run.toString());
  }

  /** XML 1.0, 2.2. */
  private static boolean isAllowed(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
    return c >= ' ' ? c < '\uFFFE' : c == '\t' || c == '\n' || c == '\r';
  }
}
