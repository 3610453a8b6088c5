package org.tessera.runtime.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Orthanc, which receives by C-STORE, and tells over HTTP what it has stored. */
final class ReportArchive implements AutoCloseable {
  static final String NAME = "Orthanc";

  private final StorePeer process;
  private final int port;
  private final RestClient rest;

  private ReportArchive(StorePeer process, int port, RestClient rest) {
    this.process = process;
    this.port = port;
    this.rest = rest;
  }

  /**
   * Starts it.
   *
   * @param work for its configuration and its objects
   * @param told where the identifier of each object is posted once it is stored
   * @throws IOException if it is not there
   */
  static ReportArchive start(Path work, String told) throws IOException {
    int port = StorePeer.freePort();
    int http = StorePeer.freePort();
    Path folder = Files.createDirectory(work.resolve("orthanc"));
    Path script =
        Files.writeString(
            work.resolve("stored.lua"),
            """
            function OnStoredInstance(instance, tags, metadata, origin)
              HttpPost('%s', instance)
            end
            """
                .formatted(told));
    Path configuration = work.resolve("orthanc.json");
    Files.writeString(
        configuration,
        """
        {"DicomPort": %d, "HttpPort": %d, "HttpServerEnabled": true,
         "RemoteAccessAllowed": false, "AuthenticationEnabled": false, "LuaScripts": ["%s"],
         "StorageDirectory": "%s", "IndexDirectory": "%s", "DicomCheckCalledAet": false,
         "DicomAlwaysAllowStore": true, "SyncStorageArea": true, "Plugins": []}
        """
            .formatted(port, http, script, folder, folder));
    StorePeer process =
        StorePeer.start(NAME, List.of(NAME, configuration.toString()), Map.of(), port, folder);
    return new ReportArchive(process, port, new RestClient(http));
  }

  /** As our settings name it. */
  String destination() {
    return "ORTHANC@127.0.0.1:" + port;
  }

  /** The file of an object. */
  byte[] file(String instance) throws IOException {
    return rest.get("/instances/" + instance + "/file");
  }

  @Override
  public void close() {
    process.close();
    rest.close();
  }
}
