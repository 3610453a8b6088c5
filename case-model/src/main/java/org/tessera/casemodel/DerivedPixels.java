package org.tessera.casemodel;

/** Pixels made from those of another source: as many columns, rows, frames and channels. */
public interface DerivedPixels extends PixelSource {

  /** What they are made from. */
  PixelSource source();

  @Override
  default int width() {
    return source().width();
  }

  @Override
  default int height() {
    return source().height();
  }

  @Override
  default int frames() {
    return source().frames();
  }

  @Override
  default int channels() {
    return source().channels();
  }
}
