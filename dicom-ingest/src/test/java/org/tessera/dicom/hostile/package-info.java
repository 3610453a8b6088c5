/** Damaged and malicious files: mutations, fuzz targets, limits of time and memory. */
@NullMarked
package org.tessera.dicom.hostile;

import org.jspecify.annotations.NullMarked;
