package io.taforge.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Uploads in parts to a {@link MemoryS3}. */
record MemoryParts(MemoryBuckets buckets, MemoryConditions conditions) {
  private static final Pattern PART = Pattern.compile("<PartNumber>(\\d+)</PartNumber>");

  MemoryAnswer begin(ProxiedRequest request) {
    String id =
        buckets.begin(
            new MemoryBuckets.Upload(
                request.bucket(),
                request.key(),
                MemoryObject.told(request),
                new ConcurrentSkipListMap<>()));
    return MemoryAnswer.xml(
        "<InitiateMultipartUploadResult><Bucket>"
            + request.bucket()
            + "</Bucket><Key>"
            + request.key()
            + "</Key><UploadId>"
            + id
            + "</UploadId></InitiateMultipartUploadResult>");
  }

  MemoryAnswer send(Map<String, String> query, UploadedBody uploaded) {
    String id = query.getOrDefault("uploadId", "");
    Optional<MemoryBuckets.Upload> upload = buckets.upload(id);
    if (upload.isEmpty()) {
      return MemoryAnswer.refusal(404, "NoSuchUpload");
    }
    MemoryObject part =
        new MemoryObject(
            uploaded.content(), uploaded.tag(), Instant.now(), Map.of(), uploaded.checksums());
    upload.get().parts().put(Integer.valueOf(query.getOrDefault("partNumber", "")), part);
    MemoryAnswer answer = MemoryAnswer.of(200).with("ETag", part.tag());
    for (Map.Entry<String, String> each : part.checksums().entrySet()) {
      answer = answer.with(each.getKey(), each.getValue());
    }
    return answer;
  }

  MemoryAnswer complete(ProxiedRequest request, Map<String, String> query, UploadedBody uploaded) {
    String id = query.getOrDefault("uploadId", "");
    Optional<MemoryBuckets.Upload> upload = buckets.upload(id);
    if (upload.isEmpty()) {
      return MemoryAnswer.refusal(404, "NoSuchUpload");
    }
    Optional<MemoryAnswer> refusal = conditions.refusal(request);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    Matcher numbers = PART.matcher(new String(uploaded.content(), UTF_8));
    while (numbers.find()) {
      MemoryObject part = upload.get().parts().get(Integer.valueOf(numbers.group(1)));
      if (part == null) {
        return MemoryAnswer.refusal(400, "InvalidPart");
      }
      whole.writeBytes(part.content());
    }
    byte[] content = whole.toByteArray();
    String tag = new UploadedBody(content, Map.of()).tag();
    buckets
        .all(request.bucket())
        .put(
            request.key(),
            new MemoryObject(
                content,
                tag,
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                upload.get().headers(),
                Map.of()));
    buckets.end(id);
    return MemoryAnswer.xml(
        "<CompleteMultipartUploadResult><Location>x</Location><Bucket>"
            + request.bucket()
            + "</Bucket><Key>"
            + request.key()
            + "</Key><ETag>"
            + tag.replace("\"", "&quot;")
            + "</ETag></CompleteMultipartUploadResult>");
  }

  MemoryAnswer abort(Map<String, String> query) {
    String id = query.getOrDefault("uploadId", "");
    if (buckets.upload(id).isEmpty()) {
      return MemoryAnswer.refusal(404, "NoSuchUpload");
    }
    buckets.end(id);
    return MemoryAnswer.of(204);
  }
}
