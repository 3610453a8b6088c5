package org.tessera.runtime.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that stores what it is sent. */
final class StorePeer implements AutoCloseable {
  private static final int ATTEMPTS = 300;
  private static final Duration STEP = Duration.ofMillis(100);

  /** For DCMTK: nothing is held back until an acknowledgement comes. */
  static final Map<String, String> PROMPT = Map.of("TCP_NODELAY", "1");

  private final String name;
  private final Process process;
  private final int port;
  private final Path folder;

  private StorePeer(String name, Process process, int port, Path folder) {
    this.name = name;
    this.process = process;
    this.port = port;
    this.folder = folder;
  }

  static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /**
   * Starts it, and waits until it listens.
   *
   * @param folder where it stores
   * @throws IOException if it does not come so far
   */
  static StorePeer start(
      String name, List<String> command, Map<String, String> environment, int port, Path folder)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    StorePeer peer = new StorePeer(name, builder.start(), port, folder);
    for (int i = 0; i < ATTEMPTS && peer.process.isAlive(); i++) {
      if (peer.listens()) {
        return peer;
      }
      pause();
    }
    peer.close();
    throw new IOException(name + " does not listen.");
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(STEP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while a peer started.", e);
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  String name() {
    return name;
  }

  Path folder() {
    return folder;
  }

  /**
   * Sends files with storescu, in so many associations at once.
   *
   * @param environment of storescu
   * @return milliseconds until the last one has ended
   * @throws IOException if one of them was not told success
   */
  double receive(List<Path> files, int associations, Map<String, String> environment)
      throws IOException {
    List<Process> senders = new ArrayList<>();
    long start = System.nanoTime();
    int each = (files.size() + associations - 1) / associations;
    for (int i = 0; i < files.size(); i += each) {
      List<String> command =
          new ArrayList<>(
              List.of("storescu", "-aec", "TESSERA", "127.0.0.1", Integer.toString(port)));
      files.subList(i, Math.min(files.size(), i + each))
          .forEach(file -> command.add(file.toString()));
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD);
      builder.environment().putAll(environment);
      senders.add(builder.start());
    }
    try {
      for (Process sender : senders) {
        if (!sender.waitFor(10, TimeUnit.MINUTES) || sender.exitValue() != 0) {
          throw new IOException(name + " did not store everything.");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while files were sent.", e);
    } finally {
      senders.forEach(Process::destroyForcibly);
    }
    return (System.nanoTime() - start) / 1e6;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
