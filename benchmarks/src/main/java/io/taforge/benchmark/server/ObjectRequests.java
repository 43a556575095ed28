package io.taforge.benchmark.server;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Answers what is asked about one object. */
final class ObjectRequests {
  private final Shelf shelf;

  ObjectRequests(Shelf shelf) {
    this.shelf = shelf;
  }

  Answer answer(RequestHead head, Body body) {
    return switch (head.method()) {
      case "PUT" -> put(head, body);
      case "POST" -> post(head);
      case "GET", "HEAD" -> get(head);
      case "DELETE" -> delete(head);
      default -> Answer.failure(405, "MethodNotAllowed");
    };
  }

  private Answer put(RequestHead head, Body body) {
    String tag = body.md5Tag().orElseGet(shelf::nextTag);
    if (head.asks("partNumber")) {
      shelf.addPart(
          head.query().getOrDefault("uploadId", ""),
          Integer.parseInt(head.query().getOrDefault("partNumber", "1")),
          body.contentLength(head));
      return Answer.tagged(tag);
    }
    if (head.asks("tagging")) {
      return Answer.empty(200);
    }
    Optional<StoredObject> before = found(head);
    if (head.header("if-none-match").isPresent() && before.isPresent()) {
      return Answer.failure(412, "PreconditionFailed");
    }
    shelf
        .bucket(head.bucket())
        .put(
            head.key(),
            new StoredObject(body.contentLength(head), body.content(head), tag, kept(head)));
    return Answer.tagged(tag);
  }

  private Answer post(RequestHead head) {
    if (head.asks("uploads")) {
      return Answer.xml(
          200,
          "<InitiateMultipartUploadResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Bucket>"
              + head.bucket()
              + "</Bucket><Key>"
              + Xml.escaped(head.key())
              + "</Key><UploadId>"
              + shelf.begin(kept(head))
              + "</UploadId></InitiateMultipartUploadResult>");
    }
    Optional<StoredObject> whole = shelf.complete(head.query().getOrDefault("uploadId", ""));
    if (whole.isEmpty()) {
      return Answer.failure(404, "NoSuchUpload");
    }
    shelf.bucket(head.bucket()).put(head.key(), whole.get());
    return Answer.xml(
        200,
        "<CompleteMultipartUploadResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
            + "<Location>/</Location><Bucket>"
            + head.bucket()
            + "</Bucket><Key>"
            + Xml.escaped(head.key())
            + "</Key><ETag>"
            + whole.get().etag().replace("\"", "&quot;")
            + "</ETag></CompleteMultipartUploadResult>");
  }

  private Answer get(RequestHead head) {
    Optional<StoredObject> found = found(head);
    if (found.isEmpty()) {
      return head.method().equals("HEAD") ? Answer.empty(404) : Answer.failure(404, "NoSuchKey");
    }
    StoredObject object = found.get();
    if (head.asks("tagging")) {
      return Answer.xml(200, "<Tagging><TagSet></TagSet></Tagging>");
    }
    if (head.header("if-match").filter(tag -> !tag.equals(object.etag())).isPresent()) {
      return Answer.failure(412, "PreconditionFailed");
    }
    Map<String, String> headers = new LinkedHashMap<>(object.headers());
    headers.put("ETag", object.etag());
    headers.put("Last-Modified", HttpDates.now());
    headers.put("Accept-Ranges", "bytes");
    return head.header("range")
        .map(range -> part(object, headers, range))
        .orElseGet(() -> new Answer(200, headers, object.length(), object.content()));
  }

  private static Answer part(StoredObject object, Map<String, String> headers, String range) {
    String[] ends = range.substring("bytes=".length()).split("-", -1);
    long first =
        ends[0].isEmpty() ? object.length() - Long.parseLong(ends[1]) : Long.parseLong(ends[0]);
    long last =
        ends[0].isEmpty() || ends[1].isEmpty()
            ? object.length() - 1
            : Math.min(Long.parseLong(ends[1]), object.length() - 1);
    if (first > last) {
      return Answer.failure(416, "InvalidRange");
    }
    headers.put("Content-Range", "bytes " + first + "-" + last + "/" + object.length());
    return new Answer(
        206,
        headers,
        last - first + 1,
        object.content().map(bytes -> Arrays.copyOfRange(bytes, (int) first, (int) last + 1)));
  }

  private Answer delete(RequestHead head) {
    if (head.asks("uploadId")) {
      return shelf.abort(head.query().getOrDefault("uploadId", ""))
          ? Answer.empty(204)
          : Answer.failure(404, "NoSuchUpload");
    }
    shelf.bucket(head.bucket()).remove(head.key());
    return Answer.empty(204);
  }

  private Optional<StoredObject> found(RequestHead head) {
    return Optional.ofNullable(shelf.bucket(head.bucket()).get(head.key()));
  }

  private static Map<String, String> kept(RequestHead head) {
    Map<String, String> kept = new HashMap<>();
    head.headers()
        .forEach(
            (name, value) -> {
              if (name.startsWith("x-amz-meta-") || name.equals("content-type")) {
                kept.put(name, value);
              }
            });
    return kept;
  }
}
