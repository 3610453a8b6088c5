package org.tessera.dicom.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TestData;
import org.tessera.dicom.evidence.DicomDecoder;
import org.tessera.dicom.image.PixelData;

/** What is said about a file that cannot be used says nothing about the patient. */
class SentencesTest {
  private static final int[] PATIENT = {
    Tag.PatientName,
    Tag.PatientID,
    Tag.PatientBirthDate,
    Tag.OtherPatientIDs,
    Tag.PatientAddress,
    Tag.PatientTelephoneNumbers,
    Tag.PatientMotherBirthName,
    Tag.AccessionNumber,
    Tag.StudyID,
    Tag.ReferringPhysicianName,
    Tag.InstitutionName,
    Tag.StudyInstanceUID,
    Tag.SeriesInstanceUID,
    Tag.SOPInstanceUID,
    Tag.StudyDescription,
    Tag.ImageComments,
  };

  /** Shorter values are words and numbers that occur anywhere. */
  private static final int SHORTEST = 5;

  @Test
  void noSentenceHoldsAValueOfThePatient() throws IOException {
    int values = 0;
    int sentences = 0;
    for (Path file : TestData.interopFiles()) {
      byte[] whole = Files.readAllBytes(file);
      Set<String> secret = secret(whole);
      values += secret.size();
      List<String> said = new ArrayList<>(said(whole));
      Mutator mutator = new Mutator(file.getFileName().hashCode());
      for (int i = 0; i < 4 && whole.length < 60_000; i++) {
        said.addAll(said(mutator.mutate(whole, whole)));
      }
      for (String sentence : said) {
        sentences++;
        assertThat(secret).noneMatch(sentence.toUpperCase(Locale.ROOT)::contains);
      }
    }
    assertThat(values).isGreaterThan(500);
    assertThat(sentences).isGreaterThan(500);
  }

  private static Set<String> secret(byte[] file) {
    Set<String> values = new HashSet<>();
    try {
      Attributes dataset = DicomFile.read(file, ParseLimits.standard()).dataset();
      for (int tag : PATIENT) {
        for (String value : dataset.strings(tag)) {
          for (String part : value.toUpperCase(Locale.ROOT).split("[\\^=]")) {
            if (part.strip().length() >= SHORTEST) {
              values.add(part.strip());
            }
          }
        }
      }
    } catch (RejectedInputException e) {
      return Set.of();
    }
    return values;
  }

  /** Everything that is said when the file is used in every way, causes included. */
  private static List<String> said(byte[] bytes) {
    List<String> said = new ArrayList<>();
    try {
      DicomFile file = DicomFile.read(bytes, ParseLimits.standard());
      PixelData pixels = PixelData.of(file, ParseLimits.standard());
      pixels.frame(pixels.frames());
    } catch (RejectedInputException e) {
      add(e, said);
    }
    try {
      new DicomDecoder().decode(Reading.content(bytes), TestData.context());
    } catch (RejectedInputException | IOException e) {
      add(e, said);
    }
    return said;
  }

  private static void add(Throwable problem, List<String> said) {
    for (var at = problem; at != null; at = at.getCause()) {
      said.add(String.valueOf(at.getMessage()));
    }
  }
}
