/** The network side: negotiation, messages, hostile peers, and real ones. */
@NullMarked
package org.tessera.dicom.net;

import org.jspecify.annotations.NullMarked;
