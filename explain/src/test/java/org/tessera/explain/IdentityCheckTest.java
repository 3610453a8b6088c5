package org.tessera.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.Check.Verdict;
import org.tessera.casemodel.PatientCase;
import org.tessera.casemodel.PatientIdentity;
import org.tessera.casemodel.Sex;

@DisplayName("The identity check")
class IdentityCheckTest {
  private static final LocalDate BORN = LocalDate.of(1970, 5, 1);

  private static PatientIdentity who(
      String id, String issuer, String name, LocalDate born, Sex sex) {
    return new PatientIdentity(
        Optional.of(id).filter(s -> !s.isEmpty()),
        Optional.of(issuer).filter(s -> !s.isEmpty()),
        Optional.of(name).filter(s -> !s.isEmpty()),
        Optional.ofNullable(born == LocalDate.MIN ? null : born),
        Optional.of(sex));
  }

  private static Check judge(PatientIdentity... identities) {
    Cases cases = new Cases();
    for (PatientIdentity identity : identities) {
      cases.identified(identity, Optional.empty());
    }
    return IdentityCheck.judge(cases.patientCase());
  }

  @Test
  void passes_one_person_in_two_notations() {
    Check check =
        judge(
            who("12", "A", "DOE^JANE^M", BORN, Sex.FEMALE),
            who("12 ", "a", "Jane Doe", BORN, Sex.FEMALE));
    assertThat(check.verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void fails_two_identifiers_of_one_issuer() {
    Check check =
        judge(
            who("12", "A", "DOE^JANE", BORN, Sex.FEMALE),
            who("13", "A", "DOE^JANE", BORN, Sex.FEMALE));
    assertThat(check.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(check.reason()).isEqualTo("I1 and I2 carry different patient identifiers.");
  }

  @Test
  void fails_two_identifiers_without_issuer() {
    assertThat(
            judge(
                    PatientIdentity.of("12", Optional.empty()),
                    PatientIdentity.of("13", Optional.empty()))
                .verdict())
        .isEqualTo(Verdict.FAIL);
  }

  @Test
  void warns_of_identifiers_of_two_issuers_with_nothing_else() {
    assertThat(
            judge(
                    PatientIdentity.of("12", Optional.of("A")),
                    PatientIdentity.of("13", Optional.of("B")))
                .verdict())
        .isEqualTo(Verdict.WARN);
  }

  @Test
  void passes_identifiers_of_two_issuers_if_name_and_birth_date_agree() {
    assertThat(
            judge(
                    who("12", "A", "M\u00fcller^J\u00f6rg", BORN, Sex.MALE),
                    who("99", "B", "Jorg MULLER", BORN, Sex.MALE))
                .verdict())
        .isEqualTo(Verdict.PASS);
  }

  @Test
  void fails_other_birth_dates_sexes_and_names() {
    PatientIdentity jane = who("12", "A", "DOE^JANE", BORN, Sex.FEMALE);
    assertThat(judge(jane, who("12", "A", "DOE^JANE", BORN.plusDays(1), Sex.FEMALE)).verdict())
        .isEqualTo(Verdict.FAIL);
    assertThat(judge(jane, who("12", "A", "DOE^JANE", BORN, Sex.MALE)).verdict())
        .isEqualTo(Verdict.FAIL);
    assertThat(judge(jane, who("12", "A", "ROE^MARY", LocalDate.MIN, Sex.FEMALE)).verdict())
        .isEqualTo(Verdict.FAIL);
    assertThat(judge(jane, who("12", "A", "ROE^MARY", BORN, Sex.OTHER)).verdict())
        .isEqualTo(Verdict.WARN);
    assertThat(judge(jane, who("12", "A", "ROE^JANE", BORN, Sex.FEMALE)).verdict())
        .isEqualTo(Verdict.WARN);
  }

  @Test
  void compares_ideographic_and_alphabetic_names() {
    assertThat(
            judge(
                    who("", "", "Yamada^Tarou=\u5c71\u7530^\u592a\u90ce", BORN, Sex.MALE),
                    who("", "", "\u5c71\u7530 \u592a\u90ce", BORN, Sex.MALE))
                .verdict())
        .isEqualTo(Verdict.PASS);
  }

  @Test
  void accepts_initials() {
    assertThat(
            judge(
                    who("", "", "DOE^J", BORN, Sex.OTHER),
                    who("", "", "Jane Doe", BORN, Sex.FEMALE))
                .verdict())
        .isEqualTo(Verdict.PASS);
  }

  @Test
  void never_lets_the_name_of_the_case_override_a_conflict() {
    PatientCase evidence =
        new Cases()
            .identified(PatientIdentity.of("12", Optional.empty()), Optional.empty())
            .patientCase();
    PatientCase named =
        new PatientCase(
            "case",
            Optional.of(PatientIdentity.of("99", Optional.empty())),
            evidence.evidence(),
            evidence.rejected(),
            false);
    assertThat(IdentityCheck.judge(named).verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void fails_an_input_made_before_birth() {
    Cases cases =
        new Cases()
            .identified(
                who("12", "A", "DOE^JANE", BORN, Sex.FEMALE),
                Optional.of(Instant.parse("1969-01-01T00:00:00Z")));
    assertThat(IdentityCheck.judge(cases.patientCase()).verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void warns_of_dates_that_are_not_plausible() {
    PatientIdentity same = PatientIdentity.of("12", Optional.empty());
    for (String date : new String[] {"1899-12-30T00:00:00Z", "1940-01-01T00:00:00Z"}) {
      Cases cases =
          new Cases()
              .identified(same, Optional.of(Instant.parse(date)))
              .identified(same, Optional.of(Instant.parse("2026-01-01T00:00:00Z")));
      assertThat(IdentityCheck.judge(cases.patientCase()).verdict()).isEqualTo(Verdict.WARN);
    }
    assertThat(judge(same, who("12", "", "", LocalDate.of(1850, 1, 1), Sex.MALE)).verdict())
        .isEqualTo(Verdict.WARN);
  }

  @Test
  void has_nothing_to_compare_with_one_identity() {
    assertThat(judge(PatientIdentity.of("12", Optional.empty())).verdict())
        .isEqualTo(Verdict.NOT_APPLICABLE);
  }

  @Test
  void never_tells_who_the_patient_is() {
    Check check =
        judge(
            who("SECRET-1", "A", "DOE^JANE", BORN, Sex.FEMALE),
            who("SECRET-2", "A", "ROE^MARY", BORN, Sex.MALE));
    assertThat(check.reason()).doesNotContainIgnoringCase("secret").doesNotContain("DOE", "1970");
  }
}
