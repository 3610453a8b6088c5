package org.tessera.runtime.deliver;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.net.PeerAddress;

/**
 * Where results are sent, and how patiently.
 *
 * @param pacs archives, each as AE@HOST:PORT
 * @param objects what they are sent: {@code sr}, {@code seg}, {@code pdf}
 * @param fhir base address of a FHIR server, or empty
 * @param authorization value of the header for it, or empty
 * @param attempts before a delivery is given up
 * @param pause before the second attempt; doubled for each further one, up to 15 minutes
 * @param timeout for each answer
 */
public record DeliverySettings(
    List<String> pacs,
    Set<String> objects,
    String fhir,
    String authorization,
    int attempts,
    Duration pause,
    Duration timeout) {
  private static final Set<String> OBJECTS = Set.of("sr", "seg", "pdf");

  public DeliverySettings {
    pacs = List.copyOf(pacs);
    objects = Set.copyOf(objects);
  }

  /**
   * The destinations.
   *
   * @param callingAet our own AE title
   * @throws RejectedInputException with one sentence, if one of them cannot be understood
   */
  public List<Destination> destinations(String callingAet) throws RejectedInputException {
    if (!OBJECTS.containsAll(objects)) {
      throw new RejectedInputException("deliver.objects is a list of sr, seg and pdf.");
    }
    List<Destination> destinations = new ArrayList<>();
    for (String each : pacs) {
      destinations.add(archive(each, callingAet));
    }
    if (!fhir.isEmpty()) {
      requireHeader();
      destinations.add(new FhirDestination(address(), authorization, timeout));
    }
    Set<String> names = new HashSet<>();
    for (Destination each : destinations) {
      if (!names.add(each.name())) {
        throw new RejectedInputException("deliver.pacs names an archive twice.");
      }
    }
    return destinations;
  }

  private Destination archive(String text, String callingAet) throws RejectedInputException {
    PeerAddress address =
        PeerAddress.parse(text)
            .orElseThrow(
                () ->
                    new RejectedInputException(
                        "deliver.pacs is a list of archives, each as AE@HOST:PORT."));
    return new PacsDestination(address, callingAet, objects, timeout);
  }

  private void requireHeader() throws RejectedInputException {
    try {
      HttpRequest.newBuilder().header("Authorization", authorization);
    } catch (IllegalArgumentException e) {
      throw new RejectedInputException("deliver.fhir-authorization is no value of a header.");
    }
  }

  private URI address() throws RejectedInputException {
    try {
      URI address = new URI(fhir);
      String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
      if (Set.of("http", "https").contains(scheme)
          && address.getHost() != null
          && address.getUserInfo() == null
          && address.getQuery() == null) {
        return address;
      }
    } catch (URISyntaxException e) {
      // Said below.
    }
    throw new RejectedInputException(
        "deliver.fhir is the address of a FHIR server, for example https://ehr.example/fhir.");
  }
}
