package org.tessera.dicom.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.ReportedResult;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Tool;

/** Result objects before independent judges: dciodvfy, dsrdump, DicomSRValidator, pydicom. */
@Tag("interop")
class ResultPeersTest {
  /** The stylesheet of DicomSRValidator has more XPath operators than Java's default limit. */
  private static final String LIMITS =
      "JAVA_TOOL_OPTIONS='-Djdk.xml.xpathTotalOpLimit=0 -Djdk.xml.xpathExprOpLimit=0"
          + " -Djdk.xml.xpathExprGrpLimit=0' ";

  private static Map<String, Attributes> reports() throws IOException {
    ReportedResult first = Results.result();
    ReportedResult amended =
        new ReportedResult(
                first.caseId(),
                "ef".repeat(32),
                first.status(),
                Optional.empty(),
                Optional.empty(),
                first.findings(),
                first.conclusion())
            .amending(Results.SEAL, "An image came late.");
    Map<String, Attributes> reports = new LinkedHashMap<>();
    reports.put("first", Results.report(first));
    reports.put("amended", Results.report(amended));
    reports.put(
        "withdrawn", Results.report(first.withdrawn("The images are of another patient.")));
    reports.put("signed", ReportActTest.signed());
    reports.put("taken back", ReportActTest.withdrawn("The images are of another patient."));
    return reports;
  }

  private static String output(String command) throws IOException, InterruptedException {
    return Tool.run(List.of("sh", "-c", command + " 2>&1")).output();
  }

  private static List<String> errors(String output) {
    return output.lines().filter(line -> line.contains("Error")).toList();
  }

  @Test
  void dciodvfyHasNoErrors(@TempDir Path folder) throws IOException, InterruptedException {
    Tool.require("dciodvfy");
    Map<String, Attributes> objects = reports();
    int number = 0;
    for (Attributes masks :
        RegionMasks.write(
            Results.result(), Results.MODEL, Results.images(), Optional.empty())) {
      objects.put("masks" + number++, masks);
    }
    objects.put(
        "page",
        EncapsulatedPdf.write(
                new byte[] {'%', 'P', 'D', 'F'},
                Results.result(),
                Results.MODEL,
                Results.images(),
                Optional.empty())
            .orElseThrow());
    for (Map.Entry<String, Attributes> each : objects.entrySet()) {
      Path file = Results.written(each.getValue(), folder.resolve(each.getKey() + ".dcm"));
      String output = output("dciodvfy -new '" + file + "'");
      assertThat(errors(output)).as(each.getKey()).isEmpty();
      assertThat(output).containsAnyOf("Comprehensive3DSR", "Segmentation", "EncapsulatedPDF");
    }
    Attributes bad = Results.report(Results.result());
    bad.remove(org.tessera.dicom.Tag.CompletionFlag);
    Path file = Results.written(bad, folder.resolve("bad.dcm"));
    assertThat(errors(output("dciodvfy -new '" + file + "'")))
        .as("a judge that finds no fault in a bad object proves nothing")
        .isNotEmpty();
  }

  @Test
  void dsrdumpReadsEveryItem(@TempDir Path folder) throws IOException, InterruptedException {
    Tool.require("dsrdump");
    for (Map.Entry<String, Attributes> each : reports().entrySet()) {
      Path file = Results.written(each.getValue(), folder.resolve(each.getKey() + ".dcm"));
      Tool.Outcome outcome =
          Tool.run(List.of("sh", "-c", "dsrdump +Pl '" + file + "' 2>&1"));
      assertThat(outcome.exit()).as(outcome.output()).isZero();
      assertThat(outcome.output().lines().filter(line -> line.startsWith("E:"))).isEmpty();
      assertThat(outcome.output()).contains("Qualitative Evaluations");
    }
  }

  @Test
  void theTemplatesHoldBeforeDicomSrValidator(@TempDir Path folder)
      throws IOException, InterruptedException {
    Tool.require("DicomSRValidator");
    Map<String, Attributes> reports = reports();
    // Takes long to start; the amended one has all that the first one has.
    reports.remove("first");
    for (Map.Entry<String, Attributes> each : reports.entrySet()) {
      Path file = Results.written(each.getValue(), folder.resolve(each.getKey() + ".dcm"));
      String output = output(LIMITS + "DicomSRValidator '" + file + "'");
      assertThat(errors(output)).as(each.getKey()).isEmpty();
      assertThat(output)
          .contains("Found Root Template TID_1500", "IOD validation complete");
    }
  }

  @Test
  void pydicomFindsTheRegionsWhereTheyAre(@TempDir Path folder)
      throws IOException, InterruptedException {
    String python = Tool.pythonWithPydicom();
    Path file =
        Results.written(Results.report(Results.result()), folder.resolve("report.dcm"));
    Path script = folder.resolve("read.py");
    Files.writeString(
        script,
        """
        import sys, pydicom
        d = pydicom.dcmread(sys.argv[1])
        print(d.PatientName.ideographic, d.PatientID, d.IssuerOfPatientID)
        def walk(item):
            if getattr(item, 'ValueType', '') == 'SCOORD':
                image = item.ContentSequence[0].ReferencedSOPSequence[0]
                print(image.ReferencedSOPInstanceUID, image.get('ReferencedFrameNumber', 1),
                      *['%.3f' % v for v in item.GraphicData])
            for child in item.get('ContentSequence', []):
                walk(child)
        walk(d)
        """);
    String radiograph = Results.radiograph().reference().sopInstanceUid();
    String loop = Results.loop().reference().sopInstanceUid();
    assertThat(Tool.run(List.of(python, script.toString(), file.toString())).output().lines())
        .containsExactly(
            "山田^太郎 4711 Hospital A",
            radiograph
                + " 1 164.571 257.286 205.714 257.286 205.714 298.452 164.571 298.452 164.571"
                + " 257.286",
            loop + " 17 0.000 0.000 640.000 0.000 640.000 480.000 0.000 480.000 0.000 0.000",
            radiograph + " 1 0.000 0.000 1.000 0.000 1.000 1.000 0.000 1.000 0.000 0.000");
  }
}
