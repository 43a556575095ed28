package io.taforge.testbed;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** What a {@link MemoryS3} keeps. Changes of one key come one after the other. */
public final class MemoryBuckets {
  /**
   * An upload in parts.
   *
   * @param bucket where to
   * @param key what it is to become
   * @param headers what was said of it
   * @param parts what has come, by number
   */
  record Upload(
      String bucket,
      String key,
      Map<String, String> headers,
      SortedMap<Integer, MemoryObject> parts) {}

  private final Map<String, SortedMap<String, MemoryObject>> buckets = new ConcurrentHashMap<>();
  private final Map<String, Upload> uploads = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();

  MemoryBuckets() {}

  /** Makes an empty bucket, unless there is one. */
  public void create(String bucket) {
    buckets.putIfAbsent(bucket, new ConcurrentSkipListMap<>());
  }

  /** What is stored; empty if nothing is. */
  public Optional<MemoryObject> find(String bucket, String key) {
    return Optional.ofNullable(
        buckets.getOrDefault(bucket, new ConcurrentSkipListMap<>()).get(key));
  }

  /** Forgets an object, and all uploads that were to become it. */
  public void forget(String bucket, String key) {
    all(bucket).remove(key);
    uploads.values().removeIf(each -> each.bucket().equals(bucket) && each.key().equals(key));
  }

  /** How many uploads in parts are open that are to become this. */
  public int uploadsOf(String bucket, String key) {
    return (int)
        uploads.values().stream()
            .filter(each -> each.bucket().equals(bucket) && each.key().equals(key))
            .count();
  }

  boolean has(String bucket) {
    return buckets.containsKey(bucket);
  }

  /** All that is in a bucket, in the order of keys. */
  SortedMap<String, MemoryObject> all(String bucket) {
    SortedMap<String, MemoryObject> all = buckets.get(bucket);
    if (all == null) {
      throw new IllegalArgumentException("no bucket " + bucket);
    }
    return all;
  }

  String begin(Upload upload) {
    String id = "upload" + ids.incrementAndGet();
    uploads.put(id, upload);
    return id;
  }

  Optional<Upload> upload(String id) {
    return Optional.ofNullable(uploads.get(id));
  }

  Map<String, Upload> uploads() {
    return uploads;
  }

  void end(String id) {
    uploads.remove(id);
  }
}
