package org.tessera.runtime.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A client of HTTP/1.1 that costs next to nothing, so that the server is what is measured: one
 * connection for each request, files sent and answers taken without a copy in this process.
 */
final class PlainHttp {
  private static final int BLOCK = 1 << 20;
  private static final int STATUS_FROM = "HTTP/1.1 ".length();
  private static final int STATUS_TO = STATUS_FROM + 3;

  private final InetSocketAddress address;
  private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);

  PlainHttp(int port) {
    address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /**
   * What was answered.
   *
   * @param status of HTTP
   * @param bytes how many there were, with the head
   * @param text the first mebibyte of them
   */
  record Answer(int status, long bytes, String text) {}

  /** Fetches; the answer is read to its end, and thrown away. */
  Answer get(String path, String accept) throws IOException {
    try (SocketChannel channel = SocketChannel.open(address)) {
      send(channel, "GET", path, "Accept: " + accept + "\r\n");
      return answer(channel);
    }
  }

  /** Sends a file. */
  Answer post(String path, String type, String accept, Path body) throws IOException {
    try (SocketChannel channel = SocketChannel.open(address);
        FileChannel file = FileChannel.open(body, StandardOpenOption.READ)) {
      send(
          channel,
          "POST",
          path,
          "Accept: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n"
              .formatted(accept, type, file.size()));
      for (long at = 0; at < file.size(); ) {
        at += file.transferTo(at, file.size() - at, channel);
      }
      return answer(channel);
    }
  }

  private static void send(SocketChannel channel, String method, String path, String headers)
      throws IOException {
    String head =
        "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n%s\r\n"
            .formatted(method, path, headers);
    ByteBuffer bytes = ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private Answer answer(SocketChannel channel) throws IOException {
    ByteArrayOutputStream first = new ByteArrayOutputStream();
    long sum = 0;
    block.clear();
    for (int read = channel.read(block); read >= 0; read = channel.read(block)) {
      if (sum < BLOCK) {
        byte[] bytes = new byte[read];
        block.flip().get(bytes);
        first.writeBytes(bytes);
      }
      sum += read;
      block.clear();
    }
    String text = first.toString(StandardCharsets.US_ASCII);
    if (text.length() < STATUS_TO) {
      throw new IOException("A service closed the connection without an answer.");
    }
    return new Answer(Integer.parseInt(text.substring(STATUS_FROM, STATUS_TO)), sum, text);
  }
}
