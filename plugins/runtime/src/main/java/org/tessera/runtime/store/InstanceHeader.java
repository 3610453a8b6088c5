package org.tessera.runtime.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.DicomInputStream;
import org.tessera.dicom.FileBytes;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Tag;
import org.tessera.dicom.UidDictionary;
import org.tessera.runtime.store.StoreException.Reason;

/**
 * What the index knows of an object. Absent values are empty; texts are cut to what a column holds
 * and have no control characters.
 */
public record InstanceHeader(
    String sopClassUid,
    String sopInstanceUid,
    String transferSyntaxUid,
    String studyInstanceUid,
    String seriesInstanceUid,
    String patientId,
    String issuerOfPatientId,
    String accessionNumber,
    String modality) {
  private static final int LONGEST_TEXT = 256;
  private static final int LONGEST_CODE = 64;

  /** Deflated data sets are inflated into memory to be read, so one at a time. */
  private static final Object INFLATING = new Object();

  /**
   * Reads the header of a file; its pixels are not touched.
   *
   * @throws StoreException if it cannot be read, or is not what was announced
   */
  static InstanceHeader read(FileChannel channel, ObjectIdentity announced)
      throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      FileBytes bytes = FileBytes.of(channel, arena);
      if (announced.syntax().deflated()) {
        synchronized (INFLATING) {
          return of(read(bytes), announced);
        }
      }
      return of(read(bytes), announced);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (RejectedInputException e) {
      throw new StoreException(Reason.UNREADABLE, e.sentence(), e);
    }
  }

  private static DicomFile read(FileBytes bytes) throws RejectedInputException {
    return new DicomInputStream(bytes, ParseLimits.standard()).readFile();
  }

  private static InstanceHeader of(DicomFile file, ObjectIdentity announced)
      throws StoreException {
    Attributes dataset = file.dataset();
    if (!dataset.string(Tag.SOPClassUID).orElse("").equals(announced.sopClass())) {
      throw new StoreException(Reason.MISMATCH, "The data set is of another SOP class.");
    }
    if (!dataset.string(Tag.SOPInstanceUID).orElse("").equals(announced.sopInstance())) {
      throw new StoreException(Reason.MISMATCH, "The data set has another SOP Instance UID.");
    }
    return new InstanceHeader(
        announced.sopClass(),
        announced.sopInstance(),
        announced.syntax().uid(),
        uid(dataset, Tag.StudyInstanceUID),
        uid(dataset, Tag.SeriesInstanceUID),
        text(dataset, Tag.PatientID, LONGEST_TEXT),
        text(dataset, Tag.IssuerOfPatientID, LONGEST_TEXT),
        text(dataset, Tag.AccessionNumber, LONGEST_TEXT),
        text(dataset, Tag.Modality, LONGEST_CODE));
  }

  /** Objects that belong to no patient, such as hanging protocols, have no study. */
  private static String uid(Attributes dataset, int tag) throws StoreException {
    String uid = dataset.string(tag).orElse("");
    if (!uid.isEmpty() && !UidDictionary.isValid(uid)) {
      throw new StoreException(Reason.UNREADABLE, "The UID of its study or series is none.");
    }
    return uid;
  }

  private static String text(Attributes dataset, int tag, int longest) {
    String text = dataset.string(tag).orElse("").replaceAll("\\p{Cntrl}", " ").strip();
    int end = text.offsetByCodePoints(0, Math.min(longest, text.codePointCount(0, text.length())));
    return text.substring(0, end);
  }
}
