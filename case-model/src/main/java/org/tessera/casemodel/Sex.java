package org.tessera.casemodel;

/** Administrative sex as FHIR and DICOM carry it. */
public enum Sex {
  FEMALE,
  MALE,
  OTHER
}
