package org.tessera.server.dicomweb;

import java.io.IOException;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.runtime.dicomweb.QueryLevel;
import org.tessera.runtime.dicomweb.StudySearch;

/** QIDO-RS (PS3.18 10.6). */
final class SearchTransactions {
  private final StudySearch search;

  SearchTransactions(StudySearch search) {
    this.search = search;
  }

  void search(
      Exchange exchange, QueryLevel level, Optional<String> study, Optional<String> series)
      throws IOException, WebException, RejectedInputException {
    requireJson(exchange);
    StudySearch.Found found =
        search.search(level, study, series, exchange.parameters(), exchange.base());
    if (!found.notices().isEmpty()) {
      exchange.setHeader(
          HttpHeader.WARNING, StowTransactions.warning(String.join(" ", found.notices())));
    }
    exchange.answer(200, Exchange.DICOM_JSON, found.json());
  }

  static void requireJson(Exchange exchange) throws WebException {
    boolean taken =
        exchange.accepted().stream()
            .anyMatch(each -> each.takes(Exchange.DICOM_JSON) || each.takes("application/json"));
    if (!taken) {
      throw new WebException(406, "This is given as application/dicom+json only.");
    }
  }
}
