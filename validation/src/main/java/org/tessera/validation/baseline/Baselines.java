package org.tessera.validation.baseline;

import java.util.List;
import org.tessera.casemodel.Modality;

/** All baselines. */
public final class Baselines {
  private static final List<Baseline> ALL =
      List.of(
          new FileSize(Modality.IMAGE),
          new Border(),
          new Thumbnail(),
          new GradientHistograms(),
          new FileSize(Modality.AUDIO),
          new Duration(),
          new MelStatistics(),
          new FileSize(Modality.SLIDE),
          new Colour(),
          new Texture(),
          new NoteLength());

  private Baselines() {}

  /** The baselines that read a modality. */
  public static List<Baseline> of(Modality modality) {
    return ALL.stream().filter(each -> each.modality() == modality).toList();
  }
}
