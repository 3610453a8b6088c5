package org.tessera.casemodel;

/** Pixels made from those of another source: as many rows, columns, frames and channels. */
public abstract class DerivedPixels implements PixelSource {
  /** What they are made from. */
  protected final PixelSource source;

  /**
   * @param source what they are made from
   */
  protected DerivedPixels(PixelSource source) {
    this.source = source;
  }

  @Override
  public final int width() {
    return source.width();
  }

  @Override
  public final int height() {
    return source.height();
  }

  @Override
  public final int frames() {
    return source.frames();
  }

  @Override
  public final int channels() {
    return source.channels();
  }
}
