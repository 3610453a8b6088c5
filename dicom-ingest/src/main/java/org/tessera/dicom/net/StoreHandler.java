package org.tessera.dicom.net;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletionStage;
import org.tessera.dicom.TransferSyntax;

/** What becomes of objects that are stored (C-STORE, PS3.4 B). Called by many threads. */
@FunctionalInterface
public interface StoreHandler {

  /**
   * What is announced before the data set comes.
   *
   * @param sopClass as in the command; not checked against the data set
   * @param sopInstance as in the command: whatever the peer says, not even a UID perhaps
   * @param syntax how the data set is written
   * @param callingAet who sends it, printable
   */
  record Request(
      String sopClass, String sopInstance, TransferSyntax syntax, String callingAet) {}

  /**
   * Stores one object. The data set is read within this call, as far as it is wanted; the peer is
   * answered when the stage completes, which may be later, and with success only if it then is
   * safe.
   *
   * @return never completes exceptionally
   * @throws AssociationException as it was thrown by the stream: nothing was stored
   */
  CompletionStage<DimseStatus> store(Request request, InputStream dataset) throws IOException;
}
