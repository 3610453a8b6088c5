package org.tessera.casemodel;

import java.util.Optional;

/**
 * A place in the evidence, as a result names it to other systems.
 *
 * @param input id of the evidence
 * @param instance the DICOM object that the evidence is, where it is one
 * @param region where in it
 * @param weight 0 to 1; 1 is the strongest of the finding
 */
public record ReportedRegion(
    String input, Optional<StudyReference> instance, EvidenceRegion region, double weight) {}
