/** Data sets as Native DICOM Model XML (PS3.19 A.1). */
@NullMarked
package org.tessera.dicom.xml;

import org.jspecify.annotations.NullMarked;
