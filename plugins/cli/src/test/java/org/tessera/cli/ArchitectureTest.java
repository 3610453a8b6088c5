package org.tessera.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the dependency table of docs/ARCHITECTURE.md, and says how much it looked at. */
class ArchitectureTest {
  private static final String ROOT = "org.tessera.";

  /** What a module may use, beside itself and the vocabulary (casemodel). */
  private static final Map<String, Set<String>> MAY_USE =
      Map.of(
          "casemodel", Set.of(),
          "dicom", Set.of(),
          "fhir", Set.of(),
          "omni", Set.of(),
          "explain", Set.of("omni"),
          "validation", Set.of("omni", "explain"),
          "runtime", Set.of("dicom", "fhir", "omni", "explain", "validation"),
          "server", Set.of("runtime"),
          "cli", Set.of("runtime", "server", "validation"));

  /** Fewer classes than this, and the scan has lost sight of the module. */
  private static final Map<String, Integer> AT_LEAST =
      Map.of(
          "casemodel", 40,
          "dicom", 40,
          "fhir", 8,
          "omni", 60,
          "explain", 50,
          "validation", 40,
          "runtime", 20,
          "server", 1,
          "cli", 10);

  private static JavaClasses all = new ClassFileImporter().importClasses();

  @BeforeAll
  static void scan() {
    all =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("org.tessera");
  }

  @TestFactory
  List<DynamicTest> everyModuleIsScanned() {
    List<DynamicTest> tests = new ArrayList<>();
    AT_LEAST.forEach(
        (module, floor) ->
            tests.add(
                DynamicTest.dynamicTest(
                    module,
                    () ->
                        assertThat(all.stream().filter(each -> isIn(each, module)).count())
                            .as("classes of " + module)
                            .isGreaterThanOrEqualTo(floor))));
    return tests;
  }

  @Test
  void everyClassBelongsToAModuleOfTheTable() {
    assertThat(all.stream().filter(each -> MAY_USE.keySet().stream().noneMatch(m -> isIn(each, m))))
        .isEmpty();
  }

  @TestFactory
  List<DynamicTest> modulesUseOnlyWhatTheTableAllows() {
    List<DynamicTest> tests = new ArrayList<>();
    MAY_USE.forEach(
        (module, allowed) -> {
          String[] forbidden =
              MAY_USE.keySet().stream()
                  .filter(other -> !other.equals(module) && !other.equals("casemodel"))
                  .filter(other -> !allowed.contains(other))
                  .map(other -> ROOT + other + "..")
                  .toArray(String[]::new);
          tests.add(
              DynamicTest.dynamicTest(
                  module,
                  () ->
                      noClasses()
                          .that()
                          .resideInAPackage(ROOT + module + "..")
                          .should()
                          .dependOnClassesThat()
                          .resideInAnyPackage(forbidden)
                          .check(all)));
        });
    return tests;
  }

  /**
   * DJL frees the memory of a Java number right after the operation; a gradient that goes through
   * the operation reads it later. Adding and subtracting keep nothing for the gradient.
   */
  @Test
  void nothingUnderAGradientIsMultipliedByAJavaNumber() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "omni.model")
        .should()
        .callMethod(NDArray.class, "mul", Number.class)
        .orShould()
        .callMethod(NDArray.class, "div", Number.class)
        .orShould()
        .callMethod(NDArray.class, "pow", Number.class)
        .orShould()
        .callMethod(NDArray.class, "maximum", Number.class)
        .orShould()
        .callMethod(NDArray.class, "minimum", Number.class)
        .check(all);
  }

  @Test
  void theVocabularyUsesNothingButTheJdk() {
    classes()
        .that()
        .resideInAPackage(ROOT + "casemodel..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify..", ROOT + "casemodel..")
        .check(all);
  }

  @Test
  void modulesHaveNoCycles() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(all);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(all);
  }

  @TestFactory
  List<DynamicTest> internalsStayInside() {
    return MAY_USE.keySet().stream()
        .map(
            module ->
                DynamicTest.dynamicTest(
                    module,
                    () ->
                        noClasses()
                            .that(
                                DescribedPredicate.describe(
                                    "are outside " + module, each -> !isIn(each, module)))
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage(ROOT + module + "..internal..")
                            .check(all)))
        .toList();
  }

  @Test
  void noClassHidesWhatItDoesBehindAFillerName() {
    assertThat(
            all.stream()
                .map(JavaClass::getSimpleName)
                .filter(name -> name.matches(".*(Manager|Impl|Utils?|Helpers?)")))
        .isEmpty();
    noClasses().should().resideInAnyPackage("..util..", "..utils..", "..helper..").check(all);
  }

  private static boolean isIn(JavaClass each, String module) {
    String name = each.getPackageName() + ".";
    return name.startsWith(ROOT + module + ".");
  }
}
