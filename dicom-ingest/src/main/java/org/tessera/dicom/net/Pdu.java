package org.tessera.dicom.net;

/** A protocol data unit of the upper layer (PS3.8 9.3). */
public sealed interface Pdu
    permits AAssociateRQ, AAssociateAC, AAssociateRJ, PDataTF, AReleaseRQ, AReleaseRP, AAbort {}
