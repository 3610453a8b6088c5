package org.tessera.dicom.codec.child;

import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import org.bytedeco.javacpp.Loader;

/**
 * Native libraries out of the jars of the class path. JavaCPP keeps them in its cache and locks it,
 * so that several processes may unpack at the same time.
 */
final class NativeLibraries {
  private NativeLibraries() {}

  /** OpenJPEG, which is linked into the library of Leptonica. */
  static SymbolLookup openJpeg() throws IOException {
    String platform = Loader.getPlatform();
    String name =
        platform.startsWith("windows")
            ? "leptonica-6.dll"
            : platform.startsWith("macosx") ? "libleptonica.6.dylib" : "libleptonica.so.6";
    File library =
        Loader.cacheResource("/org/bytedeco/leptonica/" + platform + "/" + name);
    if (library == null) {
      throw new IOException("No library for " + platform);
    }
    return SymbolLookup.libraryLookup(library.toPath(), Arena.global());
  }
}
