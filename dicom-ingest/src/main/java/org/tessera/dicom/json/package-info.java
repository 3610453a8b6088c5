/** Data sets as DICOM JSON (PS3.18 F). */
@NullMarked
package org.tessera.dicom.json;

import org.jspecify.annotations.NullMarked;
