package org.tessera.fhir;

import org.tessera.casemodel.Coding;

/** Codes of the FHIR and HL7 v3 vocabularies that are both read and written. */
final class Labels {
  static final String SECURITY_SYSTEM =
      "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";

  /** Security label: asserted by artificial intelligence. */
  static final Coding AI_ASSERTED =
      new Coding(SECURITY_SYSTEM, "AIAST", "Artificial Intelligence asserted");

  /** Tag: made up for testing, not about a person. */
  static final Coding SYNTHETIC =
      new Coding(
          "http://terminology.hl7.org/CodeSystem/v3-ActReason", "HTEST", "test health data");

  /** LOINC: age as stated (not computed from the birth date). */
  static final Coding AGE = new Coding("http://loinc.org", "30525-0", "Age");

  static final String CLINICAL_STATUS =
      "http://terminology.hl7.org/CodeSystem/condition-clinical";
  static final String VERIFICATION_STATUS =
      "http://terminology.hl7.org/CodeSystem/condition-ver-status";
  static final String ALLERGY_CLINICAL_STATUS =
      "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical";
  static final String ALLERGY_VERIFICATION_STATUS =
      "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification";
  static final String UCUM = "http://unitsofmeasure.org";

  private Labels() {}
}
