package org.tessera.dicom.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;
import org.tessera.dicom.VR;
import org.tessera.dicom.json.DicomJson;
import org.tessera.dicom.net.DimseStatus;
import org.tessera.dicom.net.NetSamples;
import org.tessera.dicom.xml.DicomXmlWriter;

/** The fuzz targets with seeds of our own making, whole and damaged; Jazzer found the first. */
class FuzzTargetsTest {
  private static List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    Attributes recursive = Samples.image(2, 2);
    recursive.setBytes(
        Tag.SpecificCharacterSet, VR.PN, "ISO_IR 100".getBytes(StandardCharsets.US_ASCII));
    seeds.add(Samples.file(recursive, TransferSyntax.EXPLICIT_LITTLE));
    seeds.add(Samples.file(Samples.image(4, 4), TransferSyntax.IMPLICIT_LITTLE));
    seeds.add(
        Samples.file(
            Samples.image(4, 4), TransferSyntax.of(UID.DeflatedExplicitVRLittleEndian)));
    Attributes directory = Samples.image(1, 2);
    directory
        .newSequence(Tag.DirectoryRecordSequence)
        .add(new Attributes())
        .setString(Tag.ReferencedFileID, VR.CS, "..", "FILE");
    seeds.add(Samples.file(directory, TransferSyntax.EXPLICIT_LITTLE));
    Attributes text = Samples.image(1, 1);
    text.newSequence(Tag.ReferencedImageSequence).add(new Attributes()).addAll(directory);
    seeds.add(DicomJson.write(text).getBytes(StandardCharsets.UTF_8));
    seeds.add(DicomXmlWriter.write(text).getBytes(StandardCharsets.UTF_8));
    byte[] values = new byte[32 * 32];
    new Random(7).nextBytes(values);
    seeds.add(shaped(Samples.rle(values)));
    seeds.add(shaped(Samples.jpegLs(32, values)));
    seeds.add(NetSamples.conversation());
    seeds.add(NetSamples.commitment());
    seeds.add(NetSamples.action());
    seeds.add(new byte[0]);
    seeds.add(new byte[1000]);
    return seeds;
  }

  private static byte[] shaped(byte[] code) {
    byte[] seed = new byte[FuzzTargets.SHAPE + code.length];
    seed[0] = 31;
    seed[1] = 31;
    seed[4] = 7;
    System.arraycopy(code, 0, seed, FuzzTargets.SHAPE, code.length);
    return seed;
  }

  @Test
  void theSeedsOfStorageCommitmentAreUnderstood() {
    assertThat(NetSamples.act(NetSamples.action())).isEqualTo(DimseStatus.SUCCESS);
    assertThat(NetSamples.converse(NetSamples.commitment()))
        .isGreaterThan(NetSamples.action().length);
  }

  @Test
  void noSeedIsAFinding() {
    List<byte[]> seeds = seeds();
    for (byte[] seed : seeds) {
      assertThatCode(() -> all(seed)).doesNotThrowAnyException();
      for (int i = 0; i < 40 && seed.length > 16; i++) {
        byte[] damaged = new Mutator(i).mutate(seed, seeds.getFirst());
        assertThatCode(() -> all(damaged)).as("mutation %d", i).doesNotThrowAnyException();
        byte[] cut = Arrays.copyOf(seed, seed.length * i / 40);
        assertThatCode(() -> all(cut)).as("cut %d", i).doesNotThrowAnyException();
      }
    }
  }

  private static void all(byte[] input) throws IOException {
    FuzzTargets.DataSet.fuzzerTestOneInput(input);
    FuzzTargets.Action.fuzzerTestOneInput(input);
    FuzzTargets.WholeFile.fuzzerTestOneInput(input);
    FuzzTargets.Deflated.fuzzerTestOneInput(input);
    FuzzTargets.Directory.fuzzerTestOneInput(input);
    FuzzTargets.Tiff.fuzzerTestOneInput(input);
    FuzzTargets.Json.fuzzerTestOneInput(input);
    FuzzTargets.Xml.fuzzerTestOneInput(input);
    FuzzTargets.Rle.fuzzerTestOneInput(input);
    FuzzTargets.Jpeg.fuzzerTestOneInput(input);
    FuzzTargets.JpegLs.fuzzerTestOneInput(input);
    FuzzTargets.Pdu.fuzzerTestOneInput(input);
    FuzzTargets.DeflatedFrame.fuzzerTestOneInput(input);
  }
}
