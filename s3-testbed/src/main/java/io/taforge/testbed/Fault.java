package io.taforge.testbed;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Something that goes wrong with a request on its way through a {@link FaultProxy}. */
public final class Fault {
  /** What becomes of the request. */
  interface Effect {
    void on(Exchange exchange) throws IOException;
  }

  /** All goes well. */
  static final Fault NONE = new Fault(any -> true, Exchange::forward);

  private final Predicate<ProxiedRequest> fits;
  private final Effect effect;

  Fault(Predicate<ProxiedRequest> fits, Effect effect) {
    this.fits = fits;
    this.effect = effect;
  }

  /** The server has too much to do: status 503. */
  public static Fault slowDown() {
    return refusal(503, "SlowDown");
  }

  /** An answer with this status and this error code of S3; the server is not asked. */
  public static Fault refusal(int status, String code) {
    return new Fault(any -> true, exchange -> exchange.answer(Answer.error(status, code)));
  }

  /** Status 200 and nothing else; the server is not asked. */
  public static Fault success() {
    return new Fault(any -> true, exchange -> exchange.answer(Answer.nothing()));
  }

  /** Status 200 and a page in HTML instead of the server's answer, as in a hotel. */
  public static Fault loginPage() {
    return new Fault(any -> true, exchange -> exchange.answer(Answer.loginPage()));
  }

  /** The request is taken and never answered. */
  public static Fault silence() {
    return new Fault(any -> true, Exchange::stall);
  }

  /** The connection ends without an answer; the server is not asked. */
  public static Fault hangUp() {
    return new Fault(any -> true, Exchange::hangUp);
  }

  /** The server does what a PUT or POST asks it to do, but its answer does not come through. */
  public static Fault lostAnswer() {
    return new Fault(
        ProxiedRequest::isWrite,
        exchange -> {
          exchange.forwardWithoutAnswer();
          exchange.hangUp();
        });
  }

  /**
   * The server does what a PUT or POST asks it to do, but its answer is kept back until nothing
   * goes wrong any more, and lost then.
   */
  public static Fault withheldAnswer() {
    return new Fault(
        ProxiedRequest::isWrite,
        exchange -> {
          exchange.forwardWithoutAnswer();
          exchange.hold();
        });
  }

  /** The connection ends behind so many bytes of a download. */
  public static Fault cutAfter(long bytes) {
    return onDownload(
        client ->
            new Payload() {
              private long left = bytes;

              @Override
              public void write(byte[] buffer, int offset, int length) throws IOException {
                client.write(buffer, offset, (int) Math.min(length, left));
                left -= length;
                if (left < 0) {
                  throw new IOException("cut on purpose");
                }
              }
            });
  }

  /** One bit of a download is another, in the byte at this position. */
  public static Fault flippedBitAt(long position) {
    return flippedBitAt(position, 0);
  }

  /** The bit of this number, 0 to 7, is another in the byte of a download at this position. */
  public static Fault flippedBitAt(long position, int bit) {
    return onDownload(client -> flipping(client, position, bit));
  }

  /** The same on the way to the server. */
  public static Fault flippedUploadBitAt(long position, int bit) {
    return new Fault(
        ProxiedRequest::isWrite,
        exchange -> exchange.forwardChanged(server -> flipping(server, position, bit)));
  }

  private static Payload flipping(Payload next, long position, int bit) {
    return new Payload() {
      private long passed;

      @Override
      public void write(byte[] buffer, int offset, int length) throws IOException {
        if (position >= passed && position < passed + length) {
          buffer[offset + (int) (position - passed)] ^= (byte) (1 << bit);
        }
        passed += length;
        next.write(buffer, offset, length);
      }
    };
  }

  /** A download comes byte by byte, with a pause behind each. */
  public static Fault trickle(Duration pause) {
    return onDownload(
        client ->
            (buffer, offset, length) -> {
              for (int i = 0; i < length; i++) {
                client.write(buffer, offset + i, 1);
                sleep(pause);
              }
            });
  }

  /** A download comes no faster than with so many bytes a second. */
  public static Fault paced(long bytesPerSecond) {
    return onDownload(
        client ->
            new Payload() {
              private final long startedAt = System.nanoTime();
              private long passed;

              @Override
              public void write(byte[] buffer, int offset, int length) throws IOException {
                passed += length;
                long due = (long) (passed * 1e9 / bytesPerSecond);
                long early = startedAt + due - System.nanoTime();
                if (early > 0) {
                  sleep(Duration.ofNanos(early));
                }
                client.write(buffer, offset, length);
              }
            });
  }

  private static Fault onDownload(Exchange.Change change) {
    return new Fault(ProxiedRequest::isDownload, exchange -> exchange.forward(change));
  }

  /** The same with other requests than it is made for. */
  public Fault on(Predicate<ProxiedRequest> requests) {
    return new Fault(requests, effect);
  }

  boolean fits(ProxiedRequest request) {
    return fits.test(request);
  }

  void befall(Exchange exchange) throws IOException {
    effect.on(exchange);
  }

  private static void sleep(Duration pause) throws IOException {
    try {
      TimeUnit.NANOSECONDS.sleep(pause.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
