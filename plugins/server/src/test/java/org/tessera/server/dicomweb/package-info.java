/** DICOMweb over real HTTP. */
@NullMarked
package org.tessera.server.dicomweb;

import org.jspecify.annotations.NullMarked;
