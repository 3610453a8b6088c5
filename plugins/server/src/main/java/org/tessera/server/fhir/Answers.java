package org.tessera.server.fhir;

import ca.uhn.fhir.rest.server.RestfulServerUtils;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.InstantType;
import org.tessera.runtime.analyze.AnalysisAnswer;
import org.tessera.runtime.analyze.KeptResource;
import org.tessera.runtime.analyze.ResourceKey;
import org.tessera.runtime.analyze.ResultResources;

/** What operations answer, in the format that the client asked for. */
final class Answers {
  private Answers() {}

  static void send(ServletRequestDetails details, int status, IBaseResource resource)
      throws IOException {
    RestfulServerUtils.streamResponseAsResource(
        details.getServer(), resource, Set.of(), status, false, false, details);
  }

  /** The resources of a result, with what was ignored as the last entry. */
  static Bundle bundle(
      AnalysisAnswer answer, ResultResources results, ServletRequestDetails details) {
    Bundle bundle = new Bundle();
    bundle.setType(BundleType.COLLECTION);
    bundle.setTimestampElement(InstantType.now());
    for (ResourceKey key : answer.resources()) {
      KeptResource kept =
          results
              .find(key, Optional.empty())
              .orElseThrow(() -> new IllegalStateException("A kept resource is gone."));
      bundle
          .addEntry()
          .setFullUrl(details.getServerBaseForRequest() + "/" + key)
          .setResource(StoredSearch.parsed(details.getFhirContext(), kept));
    }
    if (!answer.notices().isEmpty()) {
      bundle
          .addEntry()
          .setFullUrl("urn:uuid:" + UUID.randomUUID())
          .setResource(Outcomes.warning(answer.notices()));
    }
    return bundle;
  }
}
