/**
 * DICOM files and pixels.
 *
 * <p>The vocabulary is the one that users of DICOM toolkits know: {@link
 * org.tessera.dicom.Attributes}, {@link org.tessera.dicom.Tag}, {@link org.tessera.dicom.VR},
 * {@link org.tessera.dicom.Sequence}, {@link org.tessera.dicom.Fragments}, {@link
 * org.tessera.dicom.DicomInputStream}, {@link org.tessera.dicom.DicomOutputStream}.
 *
 * <p>Values are never copied while a file is parsed: each remembers where it lies in the mapped
 * file and is read when somebody asks for it. What a file may claim is bounded by {@link
 * org.tessera.dicom.ParseLimits}; a file that goes beyond, or lies about a length, is refused with
 * one sentence ({@link org.tessera.casemodel.RejectedInputException}).
 *
 * <p>From a file to a picture: {@link org.tessera.dicom.DicomFile} (parsed), {@link
 * org.tessera.dicom.image.PixelData} (frames of stored values), {@link
 * org.tessera.dicom.image.DisplayTransform} (0 to 1, more is brighter), {@link
 * org.tessera.dicom.evidence.DicomDecoder} (evidence of a case).
 */
@NullMarked
package org.tessera.dicom;

import org.jspecify.annotations.NullMarked;
