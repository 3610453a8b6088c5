package org.tessera.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    if (isRoot()) {
      run(List.of("chown", "postgres", cluster.toString()));
    }
    assumeTrue(
        postgres("initdb", "-D", data(), "-U", "tessera", "-A", "trust", "-E", "UTF8", "--no-sync"),
        "PostgreSQL cannot make a cluster here");
    started = startServer();
    assumeTrue(started, "PostgreSQL cannot be started here");
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static String data() {
    return cluster.resolve("data").toString();
  }

  private static boolean postgres(String program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(programs().orElseThrow().resolve(program).toString());
    command.addAll(List.of(arguments));
    return run(command);
  }

  private static boolean startServer() throws IOException, InterruptedException {
    String options = "-c listen_addresses=127.0.0.1 -p " + port + " -k " + cluster;
    String log = cluster.resolve("log").toString();
    return postgres("pg_ctl", "-D", data(), "-o", options, "-w", "-l", log, "start");
  }

  private static boolean stopServer() throws IOException, InterruptedException {
    return postgres("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop");
  }

  @AfterAll
  static void stop() throws IOException, InterruptedException {
    if (started) {
      stopServer();
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

  private static boolean run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .directory(Path.of("/").toFile())
            .start();
    return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
  }

  @Test
  void theDatabaseMayGoAndComeBack(@TempDir Path folder) throws Exception {
    ObjectStore.Settings settings = new ObjectStore.Settings(folder, url(), "", "", 0);
    try (ObjectStore store = ObjectStore.open(settings)) {
      StoreSamples.store(store, "2.25.1", StoreSamples.image("2.25.1", "P1"));
      assertThat(stopServer()).isTrue();
      try {
        assertThatThrownBy(
                () -> StoreSamples.store(store, "2.25.2", StoreSamples.image("2.25.2", "P1")))
            .hasCauseInstanceOf(StoreException.class)
            .cause()
            .hasMessage("The disk or the database does not answer.");
        assertThatThrownBy(store::check).hasMessage("The database does not answer.");
      } finally {
        assertThat(startServer()).isTrue();
      }
      store.check();
      StoreSamples.store(store, "2.25.2", StoreSamples.image("2.25.2", "P1"));
      assertThat(store.index().size()).isEqualTo(2);
    }
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
