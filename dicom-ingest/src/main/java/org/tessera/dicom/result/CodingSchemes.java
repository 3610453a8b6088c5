package org.tessera.dicom.result;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;
import org.tessera.casemodel.Coding;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Code;
import org.tessera.dicom.Sequence;
import org.tessera.dicom.Tag;
import org.tessera.dicom.UidDictionary;
import org.tessera.dicom.VR;

/**
 * Code systems by URI and Coding Scheme Designators (PS3.16 8), both ways. A system without a
 * designator of the standard gets a private one (99...), and the object says what it stands for in
 * its Coding Scheme Identification Sequence (PS3.3 C.12.1.1.1.2).
 */
final class CodingSchemes {
  /** The project's own concepts: at most 16 characters. */
  static final String OWN = "99TESSERA";

  private static final Map<String, String> DESIGNATORS =
      Map.of(
          Coding.SNOMED_CT, "SCT",
          "http://loinc.org", "LN",
          "http://www.radlex.org", "RADLEX",
          "http://dicom.nema.org/resources/ontology/DCM", "DCM",
          "http://unitsofmeasure.org", "UCUM",
          "http://hl7.org/fhir/sid/icd-10", "I10",
          "http://hl7.org/fhir/sid/icd-10-cm", "I10C",
          "urn:tessera:measure", OWN,
          Coding.PHANTOM, "99TESSERAPHANTOM");

  private static final int MOST_MEANING = 64;

  private final Map<String, String> used = new LinkedHashMap<>();

  CodingSchemes() {
    used.put(OWN, "urn:tessera:measure");
  }

  /** The code of a coding; its scheme is remembered. */
  Code code(Coding coding) {
    String designator = DESIGNATORS.get(coding.system());
    if (designator == null) {
      CRC32 sum = new CRC32();
      sum.update(coding.system().getBytes(StandardCharsets.UTF_8));
      designator = "99T%08X".formatted(sum.getValue());
    }
    if (designator.startsWith("99")) {
      used.put(designator, coding.system());
    }
    return new Code(coding.code(), designator, meaning(coding.display()));
  }

  static Code own(String value, String meaning) {
    return new Code(value, OWN, meaning);
  }

  /** Code Meaning has at most 64 characters (PS3.3 8.3). */
  static String meaning(String words) {
    String line = words.replaceAll("[\\\\\\p{Cntrl}]", " ").strip();
    return line.length() <= MOST_MEANING ? line : line.substring(0, MOST_MEANING - 1) + "…";
  }

  /** Says what the private designators stand for. */
  void identify(Attributes object) {
    Sequence sequence = object.newSequence(Tag.CodingSchemeIdentificationSequence);
    used.forEach(
        (designator, system) -> {
          Attributes item = sequence.add(new Attributes());
          item.setString(Tag.CodingSchemeDesignator, VR.SH, designator);
          item.setString(Tag.CodingSchemeUID, VR.UI, UidDictionary.derived("scheme " + system));
          item.setString(Tag.CodingSchemeName, VR.ST, system);
          item.setString(Tag.CodingSchemeResponsibleOrganization, VR.ST, "Tessera");
        });
  }

  /** The URI of the system of a code read from an object. */
  static String system(Attributes object, String designator) {
    for (Map.Entry<String, String> each : DESIGNATORS.entrySet()) {
      if (each.getValue().equals(designator)) {
        return each.getKey();
      }
    }
    return object.items(Tag.CodingSchemeIdentificationSequence).stream()
        .filter(each -> each.string(Tag.CodingSchemeDesignator).orElse("").equals(designator))
        .findFirst()
        .flatMap(each -> each.string(Tag.CodingSchemeName))
        .orElse("urn:dicom:scheme:" + designator.toLowerCase(Locale.ROOT));
  }
}
