package org.tessera.runtime.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PostgreSQL of the tests' own. */
public final class PostgresServer {
  private static Optional<PostgresServer> shared = Optional.empty();

  private final Path programs;
  private final Path cluster;
  private final int port;
  private int databases;

  private PostgresServer(Path programs, Path cluster, int port) {
    this.programs = programs;
    this.cluster = cluster;
    this.port = port;
  }

  /** Starts it; the test is skipped where none is installed. */
  public static PostgresServer start() throws IOException, InterruptedException {
    Optional<Path> programs = programs();
    assumeTrue(programs.isPresent(), "PostgreSQL is not installed");
    Path cluster = Files.createTempDirectory("tessera-postgres");
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    PostgresServer server = new PostgresServer(programs.orElseThrow(), cluster, port);
    if (isRoot()) {
      run(List.of("chown", "postgres", cluster.toString()));
    }
    assumeTrue(
        server.run(
            "initdb", "-D", server.data(), "-U", "tessera", "-A", "trust", "-E", "UTF8",
            "--no-sync"),
        "PostgreSQL cannot make a cluster here");
    assumeTrue(server.up(), "PostgreSQL cannot be started here");
    return server;
  }

  /** One for all tests of this process, which ends with it. */
  public static synchronized PostgresServer shared() throws IOException, InterruptedException {
    if (shared.isEmpty()) {
      PostgresServer server = start();
      Runtime.getRuntime().addShutdownHook(new Thread(server::stopQuietly));
      shared = Optional.of(server);
    }
    return shared.get();
  }

  private void stopQuietly() {
    try {
      stop();
    } catch (IOException e) {
      System.err.println("PostgreSQL left something: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Begins to answer; false if it does not. */
  public boolean up() throws IOException, InterruptedException {
    String options = "-c listen_addresses=127.0.0.1 -p " + port + " -k " + cluster;
    String log = cluster.resolve("log").toString();
    return run("pg_ctl", "-D", data(), "-o", options, "-w", "-l", log, "start");
  }

  /** Ends at once. */
  public boolean down() throws IOException, InterruptedException {
    return run("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop");
  }

  /** An empty database. */
  public String newUrl() throws SQLException {
    String server = "jdbc:postgresql://127.0.0.1:" + port + "/";
    databases++;
    try (Connection connection = DriverManager.getConnection(server + "postgres?user=tessera");
        Statement statement = connection.createStatement()) {
      statement.execute("create database test" + databases);
    }
    return server + "test" + databases + "?user=tessera";
  }

  /** Ends, and leaves nothing. */
  public void stop() throws IOException, InterruptedException {
    down();
    try (Stream<Path> walk = Files.walk(cluster)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private String data() {
    return cluster.resolve("data").toString();
  }

  private boolean run(String program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(arguments));
    return run(command);
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
}
