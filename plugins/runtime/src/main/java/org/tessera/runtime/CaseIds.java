package org.tessera.runtime;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.RejectedInput;

/** Case identifiers that say nothing about the patient and are the same for the same inputs. */
final class CaseIds {
  private CaseIds() {}

  static String of(List<Evidence> accepted, List<RejectedInput> rejected) {
    MessageDigest digest = FileContent.digest();
    Stream.concat(
            accepted.stream().map(each -> each.id() + each.origin().sha256()),
            rejected.stream().map(each -> each.id() + each.sha256()))
        .sorted()
        .forEach(each -> digest.update(each.getBytes(US_ASCII)));
    return "case-" + HexFormat.of().formatHex(digest.digest(), 0, 8);
  }
}
