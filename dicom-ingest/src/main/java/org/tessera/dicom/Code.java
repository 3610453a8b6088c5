package org.tessera.dicom;

import java.util.Optional;

/**
 * A coded concept (PS3.3 8.8).
 *
 * @param value the code; of more than 16 characters it is a Long Code Value, a URN or URL a URN
 *     Code Value
 * @param scheme Coding Scheme Designator, for example SCT or DCM (PS3.16 8)
 * @param meaning words for a person, at most 64 characters
 */
public record Code(String value, String scheme, String meaning) {
  private static final int LONGEST_SHORT = 16;

  /** The concept of an item of a code sequence; empty if it has no code. */
  public static Optional<Code> of(Attributes item) {
    return item.string(Tag.CodeValue)
        .or(() -> item.string(Tag.LongCodeValue))
        .or(() -> item.string(Tag.URNCodeValue))
        .map(
            value ->
                new Code(
                    value,
                    item.string(Tag.CodingSchemeDesignator).orElse(""),
                    item.string(Tag.CodeMeaning).orElse("")));
  }

  /** The concept of the first item of a code sequence. */
  public static Optional<Code> of(Attributes object, int sequence) {
    return object.item(sequence).flatMap(Code::of);
  }

  /** Sets a code sequence of this one concept. */
  public void set(Attributes object, int sequence) {
    Attributes item = object.newSequence(sequence).add(new Attributes());
    if (value.startsWith("urn:") || value.contains("://")) {
      item.setString(Tag.URNCodeValue, VR.UR, value);
    } else if (value.length() > LONGEST_SHORT) {
      item.setString(Tag.LongCodeValue, VR.UC, value);
    } else {
      item.setString(Tag.CodeValue, VR.SH, value);
    }
    if (!scheme.isEmpty()) {
      item.setString(Tag.CodingSchemeDesignator, VR.SH, scheme);
    }
    item.setString(Tag.CodeMeaning, VR.LO, meaning);
  }
}
