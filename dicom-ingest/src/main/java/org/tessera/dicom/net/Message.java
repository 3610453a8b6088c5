package org.tessera.dicom.net;

import java.io.InputStream;
import org.tessera.dicom.Attributes;

/**
 * A message that has begun to arrive.
 *
 * @param context on which it came
 * @param command its command set
 * @param dataset its data set, empty if it has none; has to be read before the next message
 */
record Message(PresentationContext context, Attributes command, InputStream dataset) {}
