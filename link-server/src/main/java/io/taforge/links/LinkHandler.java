package io.taforge.links;

import io.taforge.storage.LinkRequest;
import io.taforge.storage.LinkRequest.Download;
import io.taforge.storage.LinkRequest.Upload;
import io.taforge.storage.StorageException;
import io.taforge.storage.client.ObjectStorageClient;
import io.taforge.storage.link.LinkAuthority;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Asks the authority what a request is allowed, and has that done. */
final class LinkHandler extends Handler.Abstract {
  private final LinkAuthority authority;
  private final Downloads downloads;
  private final Uploads uploads;

  LinkHandler(ObjectStorageClient client, LinkAuthority authority) {
    this.authority = authority;
    this.downloads = new Downloads(client);
    this.uploads = new Uploads(client);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    try {
      Optional<LinkRequest> allowed = allowed(request);
      if (allowed.isEmpty()) {
        Refusals.refuse(request, response, callback);
      } else if (allowed.get() instanceof Download download) {
        downloads.serve(download, request, response, callback);
      } else if (allowed.get() instanceof Upload upload) {
        uploads.take(upload, request, response, callback);
      }
    } catch (StorageException e) {
      fail(e.httpStatus(), e, request, response, callback);
    } catch (RuntimeException e) {
      fail(HttpStatus.INTERNAL_SERVER_ERROR_500, e, request, response, callback);
    }
    return true;
  }

  private Optional<LinkRequest> allowed(Request request) {
    HttpURI uri = request.getHttpURI();
    String host = request.getHeaders().get(HttpHeader.HOST);
    if (host == null || uri.getPathQuery() == null || uri.getFragment() != null) {
      return Optional.empty();
    }
    return authority.verify(request.getMethod(), host, uri.getPathQuery());
  }

  /** Once a part of the answer is out, all that can be said is that it ends here. */
  private static void fail(
      int status, Exception e, Request request, Response response, Callback callback) {
    if (response.isCommitted()) {
      callback.failed(e);
    } else {
      response.reset();
      Refusals.fail(status, request, response, callback);
    }
  }
}
