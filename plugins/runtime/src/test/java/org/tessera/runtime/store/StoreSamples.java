package org.tessera.runtime.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;
import org.tessera.dicom.VR;

/** Objects to store. */
public final class StoreSamples {
  public static final TransferSyntax SYNTAX = TransferSyntax.EXPLICIT_LITTLE;

  private StoreSamples() {}

  public static ObjectStore.Settings settings(Path data) {
    return new ObjectStore.Settings(data, "", "", "", 0);
  }

  public static ObjectIdentity identity(String instance) {
    return new ObjectIdentity(UID.CTImageStorage, instance, SYNTAX);
  }

  public static Attributes image(String instance, String patient) {
    return new Attributes()
        .setString(Tag.SOPClassUID, VR.UI, UID.CTImageStorage)
        .setString(Tag.SOPInstanceUID, VR.UI, instance)
        .setString(Tag.Modality, VR.CS, "CT")
        .setString(Tag.PatientID, VR.LO, patient)
        .setString(Tag.StudyInstanceUID, VR.UI, "2.25.1000")
        .setString(Tag.SeriesInstanceUID, VR.UI, "2.25.1001")
        .setBytes(Tag.PixelData, VR.OW, new byte[1000]);
  }

  public static byte[] encoded(Attributes image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new DicomOutputStream(bytes).writeDataset(image, SYNTAX);
    return bytes.toByteArray();
  }

  /** Stores an object and waits until it is safe. */
  public static StoredInstance store(ObjectStore store, String announced, Attributes image)
      throws IOException {
    try (Incoming incoming = store.begin(identity(announced), "SENDER")) {
      incoming.write(encoded(image));
      return store.finish(incoming).join();
    }
  }
}
