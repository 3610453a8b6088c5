package org.tessera.runtime.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The repository on a PostgreSQL of its own; skipped where none is installed. */
@Tag("interop")
class PostgresIndexTest extends InstanceIndexTest {
  private static Path cluster = Path.of("");
  private static int port;
  private static int databases;
  private static boolean started;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    Optional<Path> programs = programs();
    assumeTrue(programs.isPresent(), "PostgreSQL is not installed");
    cluster = Files.createTempDirectory("tessera-postgres");
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    boolean root = System.getProperty("user.name").equals("root");
    if (root) {
      run(List.of("chown", "postgres", cluster.toString()));
    }
    Path data = cluster.resolve("data");
    String options = "-c listen_addresses=127.0.0.1 -p " + port + " -k " + cluster;
    List<String> as = root ? List.of("runuser", "-u", "postgres", "--") : List.of();
    assumeTrue(
        run(joined(as, programs.get().resolve("initdb").toString(), "-D", data.toString(),
            "-U", "tessera", "-A", "trust", "-E", "UTF8", "--no-sync")),
        "PostgreSQL cannot make a cluster here");
    assumeTrue(
        run(joined(as, programs.get().resolve("pg_ctl").toString(), "-D", data.toString(),
            "-o", options, "-w", "-l", cluster.resolve("log").toString(), "start")),
        "PostgreSQL cannot be started here");
    started = true;
  }

  @AfterAll
  static void stop() throws IOException, InterruptedException {
    if (started) {
      boolean root = System.getProperty("user.name").equals("root");
      List<String> as = root ? List.of("runuser", "-u", "postgres", "--") : List.of();
      run(joined(as, programs().orElseThrow().resolve("pg_ctl").toString(), "-D",
          cluster.resolve("data").toString(), "-m", "immediate", "-w", "stop"));
      try (Stream<Path> walk = Files.walk(cluster)) {
        for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      }
    }
  }

  private static Optional<Path> programs() throws IOException {
    Path all = Path.of("/usr/lib/postgresql");
    if (!Files.isDirectory(all)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(all)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.naturalOrder());
    }
  }

  private static List<String> joined(List<String> first, String... rest) {
    List<String> all = new ArrayList<>(first);
    all.addAll(List.of(rest));
    return all;
  }

  private static boolean run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .directory(Path.of("/").toFile())
            .start();
    return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
  }

  @Override
  String url() throws Exception {
    String server = "jdbc:postgresql://127.0.0.1:" + port + "/";
    databases++;
    try (Connection connection =
            DriverManager.getConnection(server + "postgres?user=tessera");
        Statement statement = connection.createStatement()) {
      statement.execute("create database test" + databases);
    }
    return server + "test" + databases + "?user=tessera";
  }
}
