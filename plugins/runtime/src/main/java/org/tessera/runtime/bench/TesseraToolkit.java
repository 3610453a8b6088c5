package org.tessera.runtime.bench;

import java.io.OutputStream;
import java.nio.file.Path;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.Element;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Sequence;
import org.tessera.dicom.codec.FrameMemory;
import org.tessera.dicom.image.PixelData;

/** Ours. */
final class TesseraToolkit implements Toolkit {
  private final ParseLimits limits = ParseLimits.standard();

  /** Memory of a frame is used for the next one, as allocators of the peers do by themselves. */
  private final ThreadLocal<FrameMemory> memory = ThreadLocal.withInitial(FrameMemory::new);

  @Override
  public String version() {
    return "tessera on Java " + Runtime.version();
  }

  @Override
  public int parse(Path file) throws Exception {
    return count(DicomFile.read(file, limits).dataset());
  }

  private static int count(Attributes dataset) {
    int elements = 0;
    for (Element element : dataset) {
      elements += (element.tag() & 0xFFFF) == 0 ? 0 : 1;
      if (element.value() instanceof Sequence sequence) {
        for (Attributes item : sequence) {
          elements += count(item);
        }
      }
    }
    return elements;
  }

  @Override
  public void decode(Path file, OutputStream pixels) throws Exception {
    PixelData data = PixelData.of(DicomFile.read(file, limits), limits);
    for (int number = 1; number <= data.frames(); number++) {
      pixels.write(data.frame(number, memory.get()).data());
    }
  }
}
