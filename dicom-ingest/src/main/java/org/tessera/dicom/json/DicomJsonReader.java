package org.tessera.dicom.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.ModelBuilder;
import org.tessera.dicom.ModelElement;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.VR;

/**
 * Reads the DICOM JSON model (PS3.18 F.2). Depth, number of elements and values, and size are
 * bounded. References to bulk data (BulkDataURI) are never followed: such an element, and one with
 * a {@code byteCount} only, is left out. For one thread, once.
 */
public final class DicomJsonReader {
  /** Levels of JSON for one level of items: attributes, attribute, Value, item. */
  private static final int LEVELS = 3;

  private final JsonParser json;
  private final ParseLimits limits;
  private int counted;

  private DicomJsonReader(JsonParser json, ParseLimits limits) {
    this.json = json;
    this.limits = limits;
  }

  /**
   * Reads one data set.
   *
   * @throws RejectedInputException with one sentence, if it is no DICOM JSON or beyond the limits
   */
  public static Attributes read(Reader source, ParseLimits limits)
      throws IOException, RejectedInputException {
    int longest = (int) Math.min(Integer.MAX_VALUE - 8, limits.maxInflatedBytes());
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(LEVELS * (limits.maxDepth() + 1) + 1)
                    .maxDocumentLength(longest)
                    .maxStringLength(longest)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    try (JsonParser json = factory.createParser(source)) {
      DicomJsonReader reader = new DicomJsonReader(json, limits);
      json.nextToken();
      List<ModelElement> elements = reader.dataset();
      if (json.nextToken() != null) {
        throw reader.notDicom();
      }
      return ModelBuilder.build(elements);
    } catch (JsonProcessingException e) {
      throw new RejectedInputException(
          "The DICOM JSON is damaged, or goes beyond what is read, near line %d, column %d."
              .formatted(line(e), column(e)),
          e);
    }
  }

  private static int line(JsonProcessingException e) {
    return e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
  }

  private static int column(JsonProcessingException e) {
    return e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getColumnNr());
  }

  private RejectedInputException notDicom() {
    return new RejectedInputException(
        "The JSON is no DICOM JSON model: something else stands near line %d, column %d."
            .formatted(json.currentLocation().getLineNr(), json.currentLocation().getColumnNr()));
  }

  private void count() throws RejectedInputException {
    if (++counted > limits.maxElements()) {
      throw new RejectedInputException(
          "The DICOM JSON has more than %,d elements and values.".formatted(limits.maxElements()));
    }
  }

  private void require(boolean condition) throws RejectedInputException {
    if (!condition) {
      throw notDicom();
    }
  }

  private List<ModelElement> dataset() throws IOException, RejectedInputException {
    require(json.currentToken() == JsonToken.START_OBJECT);
    List<ModelElement> elements = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      require(name.length() == 8 && name.chars().allMatch(c -> Character.digit(c, 16) >= 0));
      count();
      json.nextToken();
      element(Integer.parseUnsignedInt(name, 16)).ifPresent(elements::add);
    }
    return elements;
  }

  private Optional<ModelElement> element(int tag) throws IOException, RejectedInputException {
    require(json.currentToken() == JsonToken.START_OBJECT);
    VR vr = VR.UN;
    List<String> values = new ArrayList<>();
    List<List<ModelElement>> items = new ArrayList<>();
    Optional<byte[]> bulk = Optional.empty();
    boolean elsewhere = false;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      JsonToken token = json.nextToken();
      switch (name) {
        case "vr" -> {
          String text = json.getText();
          require(token == JsonToken.VALUE_STRING && text.length() == 2);
          Optional<VR> known = VR.of(text.charAt(0), text.charAt(1));
          require(known.isPresent());
          vr = known.get();
        }
        case "Value" -> values(values, items);
        case "InlineBinary" -> {
          require(token == JsonToken.VALUE_STRING);
          bulk = Optional.of(decoded(json.getText()));
        }
        case "BulkDataURI", "byteCount" -> {
          require(token.isScalarValue());
          elsewhere = true;
        }
        default -> throw notDicom();
      }
    }
    if (vr == VR.PN && items.stream().allMatch(List::isEmpty)) {
      // A name of which no group is given.
      items.forEach(nothing -> values.add(""));
      items.clear();
    }
    require(vr == VR.SQ ? values.isEmpty() : items.isEmpty());
    return elsewhere
        ? Optional.empty()
        : Optional.of(new ModelElement(tag, vr, values, items, bulk));
  }

  private byte[] decoded(String text) throws RejectedInputException {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new RejectedInputException("A bulk value of the DICOM JSON is no Base64.", e);
    }
  }

  private void values(List<String> values, List<List<ModelElement>> items)
      throws IOException, RejectedInputException {
    require(json.currentToken() == JsonToken.START_ARRAY);
    for (JsonToken token = json.nextToken();
        token != JsonToken.END_ARRAY;
        token = json.nextToken()) {
      count();
      switch (token) {
        case VALUE_NULL -> values.add("");
        case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> values.add(json.getText());
        case START_OBJECT -> object(values, items);
        default -> throw notDicom();
      }
    }
  }

  /** A person name or an item: the VR may come behind the values, so the names of members tell. */
  private void object(List<String> values, List<List<ModelElement>> items)
      throws IOException, RejectedInputException {
    String[] groups = {"", "", ""};
    boolean isName = false;
    List<ModelElement> item = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      int group = List.of("Alphabetic", "Ideographic", "Phonetic").indexOf(name);
      JsonToken token = json.nextToken();
      if (group >= 0) {
        require(token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NULL);
        groups[group] = token == JsonToken.VALUE_NULL ? "" : json.getText();
        isName = true;
      } else {
        require(name.length() == 8 && name.chars().allMatch(c -> Character.digit(c, 16) >= 0));
        count();
        element(Integer.parseUnsignedInt(name, 16)).ifPresent(item::add);
      }
    }
    if (isName) {
      require(item.isEmpty());
      values.add(String.join("=", groups).replaceAll("=+$", ""));
    } else {
      items.add(item);
    }
  }
}
