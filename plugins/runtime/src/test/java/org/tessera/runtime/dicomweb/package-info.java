/** DICOMweb without HTTP. */
@NullMarked
package org.tessera.runtime.dicomweb;

import org.jspecify.annotations.NullMarked;
