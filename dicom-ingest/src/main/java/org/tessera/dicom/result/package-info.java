/**
 * Results as DICOM objects, filed beside the images that they speak of.
 *
 * <p>{@link org.tessera.dicom.result.ResultReport} writes a Comprehensive 3D SR (TID 1500), {@link
 * org.tessera.dicom.result.ResultReportReader} reads it back, {@link
 * org.tessera.dicom.result.RegionMasks} writes the regions as segmentations, {@link
 * org.tessera.dicom.result.EncapsulatedPdf} files a page for a person. Every UID is made of the
 * seal of the result: the same result gives the same objects.
 */
@NullMarked
package org.tessera.dicom.result;

import org.jspecify.annotations.NullMarked;
