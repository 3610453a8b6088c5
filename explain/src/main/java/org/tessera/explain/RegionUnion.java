package org.tessera.explain;

import java.util.List;
import org.tessera.casemodel.EvidenceRegion;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.RecordEntry;
import org.tessera.casemodel.SlideRegion;
import org.tessera.casemodel.TextSpan;
import org.tessera.casemodel.TimeInterval;
import org.tessera.omni.token.Token;

/** The least region that covers several regions of one evidence. */
final class RegionUnion {
  private RegionUnion() {}

  /**
   * Covers the regions of tokens.
   *
   * @param tokens at least one, all of one evidence
   * @throws IllegalArgumentException if the regions are of different types or of different frames
   */
  static EvidenceRegion of(List<Token> tokens) {
    EvidenceRegion all = tokens.getFirst().region();
    for (Token token : tokens) {
      all = both(all, token.region());
    }
    return all;
  }

  private static EvidenceRegion both(EvidenceRegion a, EvidenceRegion b) {
    if (a instanceof PixelRegion p && b instanceof PixelRegion q && p.frame() == q.frame()) {
      double x = Math.min(p.x(), q.x());
      double y = Math.min(p.y(), q.y());
      return new PixelRegion(
          p.frame(),
          x,
          y,
          Math.max(p.x() + p.width(), q.x() + q.width()) - x,
          Math.max(p.y() + p.height(), q.y() + q.height()) - y);
    }
    if (a instanceof SlideRegion p && b instanceof SlideRegion q) {
      double x = Math.min(p.x(), q.x());
      double y = Math.min(p.y(), q.y());
      return new SlideRegion(
          x,
          y,
          Math.max(p.x() + p.width(), q.x() + q.width()) - x,
          Math.max(p.y() + p.height(), q.y() + q.height()) - y);
    }
    if (a instanceof TextSpan p && b instanceof TextSpan q) {
      return new TextSpan(Math.min(p.start(), q.start()), Math.max(p.end(), q.end()));
    }
    if (a instanceof TimeInterval p && b instanceof TimeInterval q) {
      return new TimeInterval(Math.min(p.start(), q.start()), Math.max(p.end(), q.end()));
    }
    if (a instanceof RecordEntry && a.equals(b)) {
      return a;
    }
    throw new IllegalArgumentException("Regions that do not belong together");
  }
}
