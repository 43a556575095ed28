package io.taforge.links;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The answers to requests that get nothing. Jetty asks it, too, where a request cannot even be
 * read: that is no link either.
 */
final class Refusals implements Request.Handler {
  private static final HttpField PLAIN =
      new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    refuse(response, callback);
    return true;
  }

  /** Whatever is wrong with a link, this is all that is said. */
  static void refuse(Response response, Callback callback) {
    answer(HttpStatus.FORBIDDEN_403, "This link is not valid.", response, callback);
  }

  /** To somebody whose link is right. */
  static void answer(int status, String text, Response response, Callback callback) {
    response.setStatus(status);
    Safety.addTo(response.getHeaders());
    response.getHeaders().put(PLAIN);
    response.write(true, ByteBuffer.wrap((text + "\n").getBytes(UTF_8)), callback);
  }
}
