package org.tessera.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.PerformanceOptionsEnum;

/** The one FHIR context of the process, made when it is first needed; safe for several threads. */
final class FhirContexts {

  private FhirContexts() {}

  private static final class Holder {
    static final FhirContext R4 = create();

    private static FhirContext create() {
      FhirContext context = FhirContext.forR4();
      context.setPerformanceOptions(PerformanceOptionsEnum.DEFERRED_MODEL_SCANNING);
      return context;
    }
  }

  static FhirContext r4() {
    return Holder.R4;
  }
}
