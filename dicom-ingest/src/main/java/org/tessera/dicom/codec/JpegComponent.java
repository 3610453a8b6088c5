package org.tessera.dicom.codec;

/** One colour component of a JPEG image (ITU-T T.81 B.2.2). */
final class JpegComponent {
  final int id;
  final int horizontal;
  final int vertical;
  final int quantization;

  /** Size in samples, without the padding to whole blocks. */
  int width;

  int height;

  /** Samples of a line and lines, with padding to whole MCUs. */
  int stride;

  int paddedHeight;
  int dcTable;
  int acTable;
  int prediction;

  JpegComponent(int id, int horizontal, int vertical, int quantization) {
    this.id = id;
    this.horizontal = horizontal;
    this.vertical = vertical;
    this.quantization = quantization;
  }
}
