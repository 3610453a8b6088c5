package org.tessera.runtime.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The floor of fetching: answers one request with a file, straight from the page cache. */
final class BareSender {
  private BareSender() {}

  /** Milliseconds until the client that is measured with has the bytes of a file. */
  static double send(Path file) throws IOException {
    try (ServerSocketChannel server =
            ServerSocketChannel.open()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
      Thread sender = Thread.ofPlatform().start(() -> answer(server, channel));
      long start = System.nanoTime();
      PlainHttp.Answer answer = new PlainHttp(port).get("/", "*/*");
      double time = (System.nanoTime() - start) / 1e6;
      sender.join();
      if (answer.bytes() < channel.size()) {
        throw new IOException("The bare sender did not send everything.");
      }
      return time;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while bytes were sent.", e);
    }
  }

  private static void answer(ServerSocketChannel server, FileChannel file) {
    try (SocketChannel client = server.accept()) {
      client.read(ByteBuffer.allocate(1 << 16));
      String head = "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n".formatted(file.size());
      client.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
      for (long at = 0; at < file.size(); ) {
        at += file.transferTo(at, file.size() - at, client);
      }
    } catch (IOException e) {
      // The one who waits finds out: bytes are missing.
    }
  }
}
