package org.tessera.server.dicomweb;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.tessera.runtime.dicomweb.ChannelOutput;

/**
 * The body of an answer, sent whenever one block outside of the heap is full. Only {@link #finish}
 * ends it: a client can tell an answer that was cut off.
 */
final class ResponseOutput extends ChannelOutput {
  private static final int BLOCK = 1 << 18;

  private final Response response;
  private final RetainableByteBuffer pooled;
  private final ByteBuffer block;

  ResponseOutput(Request request, Response response) {
    this.response = response;
    this.pooled = request.getComponents().getByteBufferPool().acquire(BLOCK, true);
    this.block = pooled.getByteBuffer();
    block.clear();
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    int at = from;
    while (at < from + count) {
      int now = Math.min(from + count - at, block.remaining());
      block.put(bytes, at, now);
      at += now;
      if (!block.hasRemaining()) {
        send(false);
      }
    }
  }

  @Override
  public void write(ReadableByteChannel in, long count) throws IOException {
    long left = count;
    while (left > 0) {
      int room = block.limit();
      block.limit((int) Math.min(room, block.position() + left));
      int read = in.read(block);
      block.limit(room);
      if (read < 0) {
        throw new EOFException("A stored file is shorter than its row says.");
      }
      left -= read;
      if (!block.hasRemaining()) {
        send(false);
      }
    }
  }

  private void send(boolean last) throws IOException {
    block.flip();
    Content.Sink.write(response, last, block);
    block.clear();
  }

  /** Sends what is left, and ends the answer. */
  void finish() throws IOException {
    send(true);
  }

  /** Gives the block back; what was not sent is lost. */
  @Override
  public void close() {
    pooled.release();
  }
}
