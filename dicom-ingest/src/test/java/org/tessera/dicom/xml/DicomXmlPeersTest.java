package org.tessera.dicom.xml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.TestData;
import org.tessera.dicom.Tool;

/** The Native DICOM Model of the interoperability files against DCMTK's {@code dcm2xml}. */
@Tag("interop")
class DicomXmlPeersTest {
  /** Files by the kind of difference in them. */
  private static final Map<String, Integer> DOCUMENTED =
      Map.of(
          "character-set", 63,
          "retired-keyword", 19,
          "encapsulated", 6,
          "unknown-vr", 3,
          "unknown-creator", 2,
          "empty-group", 1);

  private static final Set<String> LEAVES = Set.copyOf(DicomXmlWriter.COMPONENTS);

  /** What a model says of an element: VR, keyword, creator, values; bulk values count as one. */
  private record Said(String vr, String keyword, String creator, List<String> values) {}

  /** The elements of a document by their path: tags with creators, and numbers of items. */
  private static Map<String, Said> said(String xml) throws XMLStreamException {
    Map<String, Said> all = new LinkedHashMap<>();
    Deque<String> path = new ArrayDeque<>();
    Deque<Said> open = new ArrayDeque<>();
    StringBuilder text = new StringBuilder();
    XMLStreamReader reader =
        XMLInputFactory.newDefaultFactory().createXMLStreamReader(new StringReader(xml));
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          text.setLength(0);
          String name = reader.getLocalName();
          path.addLast(
              name.equals("DicomAttribute")
                  ? attribute(reader, "tag") + attribute(reader, "privateCreator")
                  : name + attribute(reader, "number"));
          if (name.equals("DicomAttribute")) {
            Said element =
                new Said(
                    attribute(reader, "vr"),
                    attribute(reader, "keyword"),
                    attribute(reader, "privateCreator"),
                    new ArrayList<>());
            open.addLast(element);
            all.put(String.join("/", path), element);
          } else if (name.equals("BulkData")) {
            open.getLast().values.add("bulk");
          }
        }
        case XMLStreamConstants.CHARACTERS -> text.append(reader.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          String name = path.removeLast();
          if (reader.getLocalName().equals("DicomAttribute")) {
            open.removeLast();
          } else if (name.startsWith("InlineBinary")) {
            open.getLast().values.add("bulk");
          } else if (name.startsWith("Value") || LEAVES.contains(name)) {
            open.getLast().values.add(path.getLast() + name + "=" + text);
          }
          text.setLength(0);
        }
        default -> {}
      }
    }
    return all;
  }

  private static String attribute(XMLStreamReader reader, String name) {
    String value = reader.getAttributeValue(null, name);
    return value == null ? "" : value;
  }

  private static boolean isSame(Said ours, Said theirs) {
    return ours.vr.equals(theirs.vr)
        && ours.keyword.equals(theirs.keyword)
        && hasSameValues(ours, theirs);
  }

  private static boolean hasSameValues(Said ours, Said theirs) {
    if (ours.values.size() != theirs.values.size()) {
      return false;
    }
    for (int i = 0; i < ours.values.size(); i++) {
      String mine = ours.values.get(i);
      String other = theirs.values.get(i);
      if (!mine.strip().equals(other.strip()) && !isSameNumber(ours.vr, mine, other)) {
        return false;
      }
    }
    return true;
  }

  /** The same bits: each of us writes another number of digits. */
  private static boolean isSameNumber(String vr, String ours, String theirs) {
    String mine = ours.substring(ours.lastIndexOf('=') + 1);
    String other = theirs.substring(theirs.lastIndexOf('=') + 1);
    return switch (vr) {
      case "FL" -> Float.parseFloat(mine) == Float.parseFloat(other);
      // DCMTK rounds its last digits; JsonPeersTest compares all bits with pydicom.
      case "FD" -> {
        double value = Double.parseDouble(mine);
        yield Math.abs(value - Double.parseDouble(other)) <= 4 * Math.ulp(value);
      }
      default -> false;
    };
  }

  /** The kind of a difference, by its exact form: the table of docs/dicom-xml.md. */
  private static String kind(String path, Said ours, Map<String, Said> all) {
    @Nullable Said theirs = all.get(path);
    if (theirs == null) {
      return missing(path, ours, all);
    }
    if (path.endsWith("/00080005") && theirs.values.toString().contains("=ISO_IR 192]")) {
      return "character-set";
    }
    if (theirs.vr.equals("UN") && ours.keyword.equals(theirs.keyword)) {
      return "unknown-vr";
    }
    if (ours.vr.equals("OW") && theirs.vr.equals("OB") && hasSameValues(ours, theirs)) {
      return "encapsulated";
    }
    if (ours.vr.equals(theirs.vr) && theirs.keyword.isEmpty() && hasSameValues(ours, theirs)) {
      return "retired-keyword";
    }
    boolean more = theirs.values.size() > ours.values.size();
    if (ours.vr.equals("PN") && more && theirs.values.containsAll(ours.values)) {
      return "empty-group";
    }
    return "different";
  }

  private static String missing(String path, Said ours, Map<String, Said> all) {
    for (int end = path.lastIndexOf("/Item"); end > 0; end = path.lastIndexOf("/Item", end - 1)) {
      @Nullable Said sequence = all.get(path.substring(0, end));
      if (sequence != null && sequence.vr.equals("UN")) {
        return "unknown-vr";
      }
    }
    String tag = path.substring(path.lastIndexOf('/') + 1);
    String block = tag.substring(0, 4) + "00" + tag.substring(6, 8);
    if (!ours.creator.isEmpty()
        || all.containsKey(path.substring(0, path.lastIndexOf('/') + 1) + block)) {
      return "unknown-creator";
    }
    return "missing";
  }

  @Test
  void dcmtkSaysTheSameOfTheInteropFilesButForTheDocumentedKinds()
      throws IOException, InterruptedException, RejectedInputException, XMLStreamException {
    Tool.require("dcm2xml");
    int files = 0;
    int same = 0;
    Map<String, Integer> kinds = new TreeMap<>();
    List<String> different = new ArrayList<>();
    for (Path file : TestData.interopFiles()) {
      Tool.Outcome outcome =
          Tool.run(List.of("dcm2xml", "-q", "-nat", "+U8", "+Xn", "+M", file.toString()));
      Map<String, Said> theirs;
      try {
        theirs = said(outcome.output());
      } catch (XMLStreamException e) {
        // DCMTK does not read the file, or writes what is no XML.
        continue;
      }
      files++;
      Set<String> found = new TreeSet<>();
      Map<String, Said> ours = said(DicomXmlWriter.write(DicomFile.read(file).dataset()));
      for (Map.Entry<String, Said> entry : ours.entrySet()) {
        Said other = theirs.get(entry.getKey());
        if (other != null && isSame(entry.getValue(), other)) {
          same++;
          continue;
        }
        String kind = kind(entry.getKey(), entry.getValue(), theirs);
        found.add(kind);
        if (kind.equals("different") || kind.equals("missing")) {
          different.add(file.getFileName() + " " + entry + " " + other);
        }
      }
      found.forEach(kind -> kinds.merge(kind, 1, Integer::sum));
    }
    assertThat(different).isEmpty();
    assertThat(kinds).containsExactlyInAnyOrderEntriesOf(DOCUMENTED);
    assertThat(files).isGreaterThanOrEqualTo(189);
    assertThat(same).isGreaterThan(15_000);
  }
}
