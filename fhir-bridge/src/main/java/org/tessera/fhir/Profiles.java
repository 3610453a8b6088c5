package org.tessera.fhir;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The profiles and extensions that results keep to; published as StructureDefinitions. */
public final class Profiles {
  static final String BASE = "urn:tessera:StructureDefinition:";
  static final String FINDING = BASE + "finding";
  static final String REPORT = BASE + "report";
  static final String MODEL = BASE + "model";
  static final String PROVENANCE = BASE + "provenance";
  static final String AUDIT = BASE + "audit";
  static final String REGION = BASE + "evidence-region";
  static final String INTERVAL = BASE + "interval";
  static final String OPERATING_POINT = BASE + "operating-point";
  static final String REPLACES = BASE + "replaces";
  static final String SEAL = BASE + "seal";

  private static final List<String> NAMES =
      List.of(
          "finding",
          "report",
          "model",
          "provenance",
          "audit",
          "evidence-region",
          "interval",
          "operating-point",
          "replaces",
          "seal");

  private Profiles() {}

  /** All StructureDefinitions, as JSON text. */
  public static List<String> structureDefinitions() {
    return NAMES.stream().map(Profiles::text).toList();
  }

  private static String text(String name) {
    try (InputStream in = Profiles.class.getResourceAsStream("profiles/" + name + ".json")) {
      if (in == null) {
        throw new IllegalStateException("A profile is missing from the program: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds an extension with parts and returns these. */
  static ArrayNode extension(ObjectNode element, String url) {
    return element.withArray("extension").addObject().put("url", url).putArray("extension");
  }

  static void text(ArrayNode parts, String name, String value) {
    if (!value.isBlank()) {
      parts.addObject().put("url", name).put("valueString", value);
    }
  }

  static void decimal(ArrayNode parts, String name, double value) {
    parts.addObject().put("url", name).put("valueDecimal", Decimals.of(value));
  }

  static void whole(ArrayNode parts, String name, int value) {
    parts.addObject().put("url", name).put("valueInteger", value);
  }

  static void uri(ArrayNode parts, String name, String value) {
    parts.addObject().put("url", name).put("valueUri", value);
  }

  /** Numbers as FHIR readers expect them: never 1E+2. */
  static final class Decimals {
    private Decimals() {}

    static BigDecimal of(double value) {
      BigDecimal exact = BigDecimal.valueOf(value).stripTrailingZeros();
      return exact.scale() < 0 ? exact.setScale(0) : exact;
    }

    /** A share of six decimals as a percentage of four. */
    static BigDecimal percent(double share) {
      BigDecimal exact = BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros();
      return exact.scale() < 0 ? exact.setScale(0) : exact;
    }
  }
}
