package org.tessera.runtime.bench;

import java.io.OutputStream;
import java.nio.file.Path;

/** What a DICOM library does with a file; may throw whatever it throws. */
interface Toolkit {
  /** Name and version. */
  String version();

  /** Parses a file; returns how many elements it has, those of sequences too, no group lengths. */
  int parse(Path file) throws Exception;

  /** Parses a file and decodes every frame; the values go to a stream, little endian. */
  void decode(Path file, OutputStream pixels) throws Exception;
}
