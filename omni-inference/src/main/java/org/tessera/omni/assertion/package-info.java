/**
 * How a text speaks about something: ConText (Harkema et al. 2009) over sentences and sections, in
 * English and Korean.
 */
@NullMarked
package org.tessera.omni.assertion;

import org.jspecify.annotations.NullMarked;
