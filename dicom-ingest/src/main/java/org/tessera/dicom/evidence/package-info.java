/** DICOM objects as evidence of a case. */
@NullMarked
package org.tessera.dicom.evidence;

import org.jspecify.annotations.NullMarked;
