/**
 * DICOMweb at {@code /dicomweb} (PS3.18): STOW-RS, QIDO-RS and WADO-RS over the store.
 *
 * <p>{@link org.tessera.server.dicomweb.DicomWebEndpoint} is the context for the HTTP listener.
 * Here are addresses, headers and bodies of HTTP; what is in them is {@code
 * org.tessera.runtime.dicomweb}.
 */
@NullMarked
package org.tessera.server.dicomweb;

import org.jspecify.annotations.NullMarked;
