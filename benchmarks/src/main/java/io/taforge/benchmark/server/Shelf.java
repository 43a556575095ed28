package io.taforge.benchmark.server;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** All objects, and uploads in parts that are under way. */
final class Shelf {
  private final Map<String, NavigableMap<String, StoredObject>> buckets = new ConcurrentHashMap<>();
  private final Map<String, Upload> uploads = new ConcurrentHashMap<>();
  private final AtomicLong versions = new AtomicLong();

  /** The objects of a bucket; every bucket is there. */
  NavigableMap<String, StoredObject> bucket(String name) {
    return buckets.computeIfAbsent(name, each -> new ConcurrentSkipListMap<>());
  }

  /** An ETag that no other object has. */
  String nextTag() {
    return "\"" + String.format("%032x", versions.incrementAndGet()) + "\"";
  }

  String begin(Map<String, String> headers) {
    String id = "upload-" + versions.incrementAndGet();
    uploads.put(id, new Upload(headers, new HashMap<>()));
    return id;
  }

  void addPart(String id, int number, long length) {
    Upload upload = uploads.get(id);
    if (upload != null) {
      synchronized (upload) {
        upload.parts.put(number, length);
      }
    }
  }

  /** The object that the parts make; empty if there is no such upload. */
  Optional<StoredObject> complete(String id) {
    return Optional.ofNullable(uploads.remove(id)).map(this::together);
  }

  boolean abort(String id) {
    return uploads.remove(id) != null;
  }

  private StoredObject together(Upload upload) {
    synchronized (upload) {
      long length = upload.parts.values().stream().mapToLong(Long::longValue).sum();
      String tag = nextTag();
      String ofParts = tag.substring(0, tag.length() - 1) + "-" + upload.parts.size() + "\"";
      return new StoredObject(length, Optional.empty(), ofParts, upload.headers);
    }
  }

  private record Upload(Map<String, String> headers, Map<Integer, Long> parts) {}
}
