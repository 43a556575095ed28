package io.taforge.benchmark.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** One connection, from its first request to its last. */
final class Conversation implements Runnable {
  private final SocketChannel channel;
  private final ServerPlan plan;
  private final ObjectRequests objects;
  private final BucketRequests buckets;

  Conversation(SocketChannel channel, ServerPlan plan, Shelf shelf) {
    this.channel = channel;
    this.plan = plan;
    this.objects = new ObjectRequests(shelf);
    this.buckets = new BucketRequests(shelf);
  }

  @Override
  public void run() {
    try (channel) {
      Wire wire = new Wire(channel, plan.bytesPerSecond());
      for (Optional<String> head = wire.readHead(); head.isPresent(); head = wire.readHead()) {
        RequestHead request = RequestHead.parse(head.get());
        respond(wire, request);
        if (request.header("connection").filter("close"::equalsIgnoreCase).isPresent()) {
          return;
        }
      }
    } catch (IOException e) {
      // the client has gone, which is its right
    }
  }

  private void respond(Wire wire, RequestHead request) throws IOException {
    if (request.header("expect").isPresent()) {
      wire.write("HTTP/1.1 100 Continue\r\n\r\n");
    }
    Body body = Body.of(request);
    if (request.contentLength().isPresent()) {
      wire.read(request.contentLength().getAsLong(), body);
    } else {
      wire.readChunks(body);
    }
    if (plan.delayNanos() > 0) {
      LockSupport.parkNanos(plan.delayNanos());
    }
    Answer answer =
        request.key().isEmpty() ? buckets.answer(request, body) : objects.answer(request, body);
    send(wire, answer, request.method().equals("HEAD"));
  }

  private static void send(Wire wire, Answer answer, boolean isHeadOnly) throws IOException {
    ByteBuffer head = ByteBuffer.wrap(answer.head().getBytes(StandardCharsets.ISO_8859_1));
    if (isHeadOnly || answer.length() == 0) {
      wire.write(head);
    } else if (answer.body().isPresent()) {
      wire.write(head, ByteBuffer.wrap(answer.body().get()));
    } else {
      wire.write(head);
      wire.writeZeros(answer.length());
    }
  }
}
