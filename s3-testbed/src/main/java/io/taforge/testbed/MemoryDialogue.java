package io.taforge.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knows what Amazon S3 does when it is asked, as far as {@link MemoryS3} says. */
final class MemoryDialogue {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");
  private static final Pattern KEY = Pattern.compile("<Key>(.*?)</Key>", Pattern.DOTALL);

  private final Lock lock = new ReentrantLock(); // a condition is looked at and acted on at once
  private final MemoryBuckets buckets;
  private final MemoryListing listing;
  private final MemoryConditions conditions;
  private final MemoryParts parts;

  MemoryDialogue(MemoryBuckets buckets) {
    this.buckets = buckets;
    this.listing = new MemoryListing(buckets);
    this.conditions = new MemoryConditions(buckets);
    this.parts = new MemoryParts(buckets, conditions);
  }

  MemoryAnswer answer(ProxiedRequest request, byte[] body) {
    try {
      return understood(request, body);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return MemoryAnswer.refusal(400, "InvalidRequest"); // spoiled on its way
    }
  }

  private MemoryAnswer understood(ProxiedRequest request, byte[] body) {
    UploadedBody uploaded = UploadedBody.of(request, body);
    Optional<String> fault = uploaded.fault(request);
    Map<String, String> query = query(request.query());
    if (fault.isPresent()) {
      return MemoryAnswer.refusal(400, fault.get());
    }
    lock.lock();
    try {
      return request.key().isEmpty()
          ? aboutBucket(request, query, uploaded)
          : buckets.has(request.bucket())
              ? aboutObject(request, query, uploaded)
              : MemoryAnswer.refusal(404, "NoSuchBucket");
    } finally {
      lock.unlock();
    }
  }

  private MemoryAnswer aboutBucket(
      ProxiedRequest request, Map<String, String> query, UploadedBody uploaded) {
    String bucket = request.bucket();
    if (request.method().equals("PUT") && query.isEmpty()) {
      buckets.create(bucket);
      return MemoryAnswer.of(200);
    }
    if (!buckets.has(bucket)) {
      return MemoryAnswer.refusal(404, "NoSuchBucket");
    }
    if (request.method().equals("HEAD")) {
      return MemoryAnswer.of(200);
    }
    if (query.containsKey("list-type")) {
      return listing.objects(bucket, query);
    }
    if (query.containsKey("uploads")) {
      return listing.uploads(bucket);
    }
    if (request.method().equals("POST") && query.containsKey("delete")) {
      return deleteMany(bucket, new String(uploaded.content(), UTF_8));
    }
    return MemoryAnswer.refusal(501, "NotImplemented");
  }

  private MemoryAnswer aboutObject(
      ProxiedRequest request, Map<String, String> query, UploadedBody uploaded) {
    return switch (request.method()) {
      case "PUT" ->
          query.containsKey("uploadId") ? parts.send(query, uploaded) : put(request, uploaded);
      case "POST" ->
          query.containsKey("uploads")
              ? parts.begin(request)
              : parts.complete(request, query, uploaded);
      case "DELETE" -> query.containsKey("uploadId") ? parts.abort(query) : delete(request);
      case "GET", "HEAD" -> get(request);
      default -> MemoryAnswer.refusal(405, "MethodNotAllowed");
    };
  }

  private MemoryAnswer put(ProxiedRequest request, UploadedBody uploaded) {
    Optional<MemoryAnswer> refusal = conditions.refusal(request);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    MemoryObject object =
        new MemoryObject(
            uploaded.content(),
            uploaded.tag(),
            Instant.now().truncatedTo(ChronoUnit.SECONDS),
            MemoryObject.told(request),
            uploaded.checksums());
    buckets.all(request.bucket()).put(request.key(), object);
    return MemoryAnswer.of(200).with("ETag", object.tag());
  }

  private MemoryAnswer delete(ProxiedRequest request) {
    Optional<MemoryAnswer> refusal = conditions.refusal(request);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    buckets.all(request.bucket()).remove(request.key());
    return MemoryAnswer.of(204);
  }

  private MemoryAnswer deleteMany(String bucket, String xml) {
    boolean isQuiet = xml.contains("<Quiet>true</Quiet>");
    StringBuilder answer = new StringBuilder("<DeleteResult>");
    for (MatchResult found : KEY.matcher(xml).results().toList()) {
      String key = found.group(1);
      buckets.all(bucket).remove(key);
      if (!isQuiet) {
        answer.append("<Deleted><Key>").append(key).append("</Key></Deleted>");
      }
    }
    return MemoryAnswer.xml(answer.append("</DeleteResult>").toString());
  }

  private MemoryAnswer get(ProxiedRequest request) {
    Optional<MemoryAnswer> refusal = conditions.refusal(request);
    Optional<MemoryObject> found = buckets.find(request.bucket(), request.key());
    if (refusal.isPresent() || found.isEmpty()) {
      return refusal.orElseGet(() -> MemoryAnswer.refusal(404, "NoSuchKey"));
    }
    MemoryObject object = found.get();
    MemoryAnswer whole =
        new MemoryAnswer(200, object.headers(), object.content())
            .with("ETag", object.tag())
            .with("Accept-Ranges", "bytes")
            .with("Last-Modified", MemoryAnswer.date(object.stored().atZone(ZoneOffset.UTC)));
    Matcher range = RANGE.matcher(request.header("Range").orElse(""));
    if (range.matches()) {
      return part(whole, object.content(), range);
    }
    if (request.header("x-amz-checksum-mode").isPresent()) {
      for (Map.Entry<String, String> each : object.checksums().entrySet()) {
        whole = whole.with(each.getKey(), each.getValue());
      }
    }
    return whole;
  }

  private static MemoryAnswer part(MemoryAnswer whole, byte[] content, Matcher range) {
    boolean isSuffix = range.group(1).isEmpty();
    int from =
        isSuffix
            ? Math.max(0, content.length - Integer.parseInt(range.group(2)))
            : Integer.parseInt(range.group(1));
    int last =
        isSuffix || range.group(2).isEmpty()
            ? content.length - 1
            : (int) Math.min(Long.parseLong(range.group(2)), content.length - 1);
    if (from > last) {
      return MemoryAnswer.refusal(416, "InvalidRange");
    }
    MemoryAnswer ranged =
        whole.with("Content-Range", "bytes " + from + "-" + last + "/" + content.length);
    return new MemoryAnswer(206, ranged.headers(), Arrays.copyOfRange(content, from, last + 1));
  }

  private static Map<String, String> query(String text) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String each : text.split("&", -1)) {
      String[] pair = each.split("=", 2);
      if (!each.isEmpty()) {
        query.put(pair[0], pair.length == 1 ? "" : URLDecoder.decode(pair[1], UTF_8));
      }
    }
    query.remove("x-id"); // by which the AWS SDK names the operation
    return query;
  }
}
