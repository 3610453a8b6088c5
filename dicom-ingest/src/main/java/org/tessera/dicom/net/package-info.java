/**
 * DICOM over the network: the upper layer protocol (PS3.8) and the messages of DIMSE (PS3.7).
 *
 * <p>{@link org.tessera.dicom.net.DicomListener} accepts associations and hands what is stored to a
 * {@link org.tessera.dicom.net.StoreHandler}; {@link org.tessera.dicom.net.Association#connect}
 * opens one. Everything that a peer may claim or take is bounded by {@link
 * org.tessera.dicom.net.NetLimits}: sizes, counts, associations, and time.
 *
 * <p>One virtual thread serves one association. A data set is a stream: nothing of it is held but
 * the PDU that is being read.
 */
@NullMarked
package org.tessera.dicom.net;

import org.jspecify.annotations.NullMarked;
