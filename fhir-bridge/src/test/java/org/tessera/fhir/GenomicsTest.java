package org.tessera.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.PatientIdentity;
import org.tessera.casemodel.RecordEvidence;
import org.tessera.casemodel.RecordFact;
import org.tessera.casemodel.RecordFact.Assertion;
import org.tessera.casemodel.RecordFact.Kind;

/** Observations of the Genomics Reporting guide, and plain laboratory results of genes. */
class GenomicsTest {
  private static String coded(String code, String display) {
    return "{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"%s\",\"display\":\"%s\"}]}"
        .formatted(code, display);
  }

  private static String component(String code, String display, String value) {
    return "{\"code\":%s,%s}".formatted(coded(code, display), value);
  }

  private static String answer(String code, String display) {
    return "\"valueCodeableConcept\":" + coded(code, display);
  }

  private static final List<String> COMPONENTS =
      List.of(
          component("48018-6", "Gene studied [ID]",
              "\"valueCodeableConcept\":{\"coding\":[{\"system\":"
                  + "\"http://www.genenames.org/geneId\",\"code\":\"HGNC:1100\","
                  + "\"display\":\"BRCA1\"}]}"),
          component("48004-6", "DNA change (c.HGVS)",
              "\"valueCodeableConcept\":{\"text\":\"c.68_69del\"}"),
          component("48005-3", "Amino acid change (p.HGVS)",
              "\"valueCodeableConcept\":{\"text\":\"p.Glu23fs\"}"),
          component("53034-5", "Allelic state", answer("LA6706-1", "Heterozygous")),
          component("53037-8", "Genetic variation clinical significance",
              answer("LA6668-3", "Pathogenic")),
          component("48013-7", "Genomic reference sequence ID",
              "\"valueCodeableConcept\":{\"text\":\"NC_000017.11\"}"),
          component("81258-6", "Sample variant allelic frequency",
              "\"valueQuantity\":{\"value\":0.48,\"system\":\"http://unitsofmeasure.org\","
                  + "\"code\":\"1\"}"),
          component("81259-4", "Associated phenotype",
              "\"valueCodeableConcept\":{\"text\":\"Adenocarcinoma of lung\"}"));

  private static String variant(String status, String value) {
    return Records.entry(
        "Observation",
        "v",
        "\"status\":\"%s\",\"code\":%s,%s\"component\":[%s]"
            .formatted(
                status,
                coded("69548-6", "Genetic variant assessment"),
                value.isEmpty() ? "" : value + ",",
                String.join(",", COMPONENTS)));
  }

  private static List<RecordFact> facts(String... entries) throws Exception {
    List<String> all = new ArrayList<>(List.of(entries));
    all.addFirst(Records.PATIENT);
    return Records.decode(Records.bundle(all.toArray(String[]::new))).facts().stream()
        .filter(each -> each.kind() == Kind.OBSERVATION)
        .toList();
  }

  private static final String NAMED =
      "Genetic variant assessment: BRCA1 c.68_69del p.Glu23fs, Heterozygous, Pathogenic";

  @Test
  void aVariantIsOneStatementAndItsFrequencyAnother() throws Exception {
    List<RecordFact> facts = facts(variant("final", answer("LA9633-4", "Present")));
    assertThat(facts)
        .extracting(RecordFact::display, RecordFact::assertion, each -> each.entry().path())
        .containsExactly(
            tuple(NAMED, Assertion.PRESENT, "valueCodeableConcept"),
            tuple(
                "Sample variant allelic frequency",
                Assertion.PRESENT,
                "component[6].valueQuantity"),
            tuple(
                "Associated phenotype: Adenocarcinoma of lung",
                Assertion.UNCERTAIN,
                "component[7].valueCodeableConcept"));
    assertThat(facts.get(1).value()).hasValue(0.48);
    assertThat(facts.get(1).unit()).hasValue("1");
    assertThat(facts.getFirst().code().orElseThrow().code()).isEqualTo("69548-6");
  }

  @Test
  void aVariantThatIsAbsentIsDeniedAndMeansNothingElse() throws Exception {
    assertThat(facts(variant("final", answer("LA9634-2", "Absent"))))
        .extracting(RecordFact::display, RecordFact::assertion)
        .containsExactly(tuple(NAMED + ", Absent", Assertion.ABSENT));
  }

  @ParameterizedTest
  @CsvSource({
    "final, LA18198-4, No call, UNCERTAIN",
    "final, LA11884-6, Indeterminate, UNCERTAIN",
    "preliminary, LA9633-4, Present, UNCERTAIN",
    "preliminary, LA9634-2, Absent, ABSENT"
  })
  void whatTheLaboratoryCouldNotTellIsUncertain(
      String status, String code, String display, Assertion expected) throws Exception {
    assertThat(facts(variant(status, answer(code, display))).getFirst().assertion())
        .isEqualTo(expected);
  }

  @Test
  void aVariantWithoutAValueOrWithoutComponentsIsStillRead() throws Exception {
    assertThat(facts(variant("final", "")).getFirst())
        .satisfies(
            each -> {
              assertThat(each.display()).isEqualTo(NAMED);
              assertThat(each.assertion()).isEqualTo(Assertion.PRESENT);
              assertThat(each.entry().path()).isEqualTo("code");
            });
    String bare =
        Records.entry(
            "Observation",
            "b",
            "\"status\":\"final\",\"code\":%s,%s"
                .formatted(
                    coded("69548-6", "Genetic variant assessment"),
                    answer("LA9634-2", "Absent")));
    assertThat(facts(bare))
        .extracting(RecordFact::display, RecordFact::assertion)
        .containsExactly(tuple("Genetic variant assessment: Absent", Assertion.ABSENT));
    assertThat(facts(variant("entered-in-error", answer("LA9633-4", "Present")))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Not detected, ABSENT",
    "negative., ABSENT",
    "Wild-type, ABSENT",
    "No pathogenic variants detected, ABSENT",
    "c.2573T>G, PRESENT",
    "Not detected in tumour but in blood, PRESENT"
  })
  void aPlainResultInWordsDeniesOnlyIfTheWholeAnswerDoes(String words, Assertion expected)
      throws Exception {
    for (String value : List.of("\"valueString\":\"%s\"",
        "\"valueCodeableConcept\":{\"text\":\"%s\"}")) {
      String result =
          Records.entry(
              "Observation",
              "o",
              "\"status\":\"final\",\"code\":{\"text\":\"EGFR gene mutations found\"},"
                  + value.formatted(words));
      assertThat(facts(result))
          .extracting(RecordFact::display, RecordFact::assertion)
          .containsExactly(tuple("EGFR gene mutations found: " + words, expected));
    }
  }

  @Test
  void whatIsReadIsTheSameAfterItWasWritten() throws Exception {
    for (String value : List.of(answer("LA9633-4", "Present"), answer("LA9634-2", "Absent"))) {
      String text =
          Records.entry(
              "Observation",
              "t",
              "\"status\":\"final\",\"code\":{\"text\":\"KRAS\"},\"valueString\":\"Negative\"");
      List<Evidence> read =
          Records.decode(Records.bundle(Records.PATIENT, variant("final", value), text)).evidence();
      RecordEvidence first = (RecordEvidence) read.getFirst();
      String written =
          FhirRecordWriter.write(
              PatientIdentity.of("4711", Optional.empty()), first.facts(), Optional.empty());
      assertThat(
              Records.decode(written).facts().stream()
                  .filter(each -> each.kind() == Kind.OBSERVATION)
                  .toList())
          .isEqualTo(
              first.facts().stream().filter(each -> each.kind() == Kind.OBSERVATION).toList());
    }
  }
}
