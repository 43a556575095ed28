package io.taforge.links;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The answers to requests that get nothing. Jetty asks it, too, where a request cannot even be
 * read, which is no link either; and where this server has failed, which says nothing of the link.
 */
final class Refusals implements Request.Handler {
  /** As Jetty puts it; what it cannot read may have another status of the 500s. */
  private static final Set<Integer> FAILURES =
      Set.of(HttpStatus.INTERNAL_SERVER_ERROR_500, HttpStatus.SERVICE_UNAVAILABLE_503);

  private static final int MOST_REST = 64 * 1024;
  private static final HttpField PLAIN =
      new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (FAILURES.contains(response.getStatus())) {
      fail(response.getStatus(), request, response, callback);
    } else {
      refuse(request, response, callback);
    }
    return true;
  }

  /** Whatever is wrong with a link, this is all that is said. */
  static void refuse(Request request, Response response, Callback callback) {
    say(HttpStatus.FORBIDDEN_403, "This link is not valid.", request, response, callback);
  }

  /** To somebody whose link may be right, but nothing came of it. */
  static void fail(int status, Request request, Response response, Callback callback) {
    answer(status, HttpStatus.getMessage(status) + ".", request, response, callback);
  }

  /** To somebody whose link is right. */
  static void answer(
      int status, String text, Request request, Response response, Callback callback) {
    takeRest(request);
    say(status, text, request, response, callback);
  }

  /**
   * Who is still sending may not hear the answer, or send the rest as if it belonged to the next
   * request: so a little that is left is waited for, unless it has been asked about beforehand.
   */
  private static void takeRest(Request request) {
    if (request.getHeaders().contains(HttpHeader.EXPECT)) {
      return;
    }
    byte[] rest = new byte[MOST_REST / 8];
    try {
      InputStream body = Content.Source.asInputStream(request);
      int taken = 0;
      for (int read = 0; read >= 0 && taken < MOST_REST; read = body.read(rest)) {
        taken += read;
      }
    } catch (IOException e) {
      // it has gone, or does not go on
    }
  }

  private static void say(
      int status, String text, Request request, Response response, Callback callback) {
    if (!request.consumeAvailable()) {
      response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
    }
    response.setStatus(status);
    Safety.addTo(response.getHeaders());
    response.getHeaders().put(PLAIN);
    byte[] words = (text + "\n").getBytes(UTF_8);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, words.length);
    // As a last write it would fail by a timer unless it is done within its share of the least
    // rate, some 50 ms; a pause of this process would be enough for that.
    response.write(false, ByteBuffer.wrap(words), callback);
  }
}
