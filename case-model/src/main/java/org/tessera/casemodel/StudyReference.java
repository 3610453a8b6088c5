package org.tessera.casemodel;

import java.util.Optional;

/**
 * The DICOM coordinates of an image, so that results can be filed beside it.
 *
 * @param studyUid Study Instance UID
 * @param seriesUid Series Instance UID
 * @param sopClassUid SOP Class UID
 * @param sopInstanceUid SOP Instance UID
 * @param accession Accession Number
 */
public record StudyReference(
    String studyUid,
    String seriesUid,
    String sopClassUid,
    String sopInstanceUid,
    Optional<String> accession) {}
