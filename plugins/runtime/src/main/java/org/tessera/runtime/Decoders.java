package org.tessera.runtime;

import java.util.List;
import org.tessera.casemodel.ContentDecoder;
import org.tessera.dicom.evidence.DicomDecoder;
import org.tessera.fhir.FhirDecoder;
import org.tessera.omni.signal.AudioDecoder;
import org.tessera.omni.signal.NoteDecoder;
import org.tessera.omni.signal.RasterDecoder;

/** Every decoder of the system; a health record may hold notes and sound. */
public final class Decoders {
  private Decoders() {}

  public static List<ContentDecoder> all() {
    NoteDecoder notes = new NoteDecoder();
    AudioDecoder sounds = new AudioDecoder();
    return List.of(
        new DicomDecoder(),
        new TiffDecoder(),
        new RasterDecoder(),
        notes,
        sounds,
        new FhirDecoder(List.of(notes, sounds)));
  }
}
