package org.tessera.casemodel;

/** Where in one evidence: the place that a token came from and that a highlight points to. */
public sealed interface EvidenceRegion
    permits PixelRegion, SlideRegion, TextSpan, TimeInterval, RecordEntry {}
