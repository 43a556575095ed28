package io.taforge.benchmark.server;

import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;

/** Listings of keys, in both versions of the request. */
final class ListingXml {
  private static final String ENTRY_END =
      "</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified>"
          + "<ETag>&quot;00000000000000000000000000000001&quot;</ETag><Size>";
  private static final String SIZE_END =
      "</Size><StorageClass>STANDARD</StorageClass>"
          + "<Owner><ID>null</ID><DisplayName>null</DisplayName></Owner></Contents>";

  private final StringBuilder entries = new StringBuilder(300_000);
  private String last = "";
  private int count;
  private boolean isTruncated;

  private ListingXml() {}

  /** One page of what the request asks for. */
  static String page(RequestHead head, Shelf shelf) {
    Map<String, String> query = head.query();
    boolean isSecond = "2".equals(query.get("list-type"));
    String after =
        isSecond
            ? query.getOrDefault("continuation-token", query.getOrDefault("start-after", ""))
            : query.getOrDefault("marker", "");
    String prefix = query.getOrDefault("prefix", "");
    int most = Math.min(1000, Integer.parseInt(query.getOrDefault("max-keys", "1000")));
    ListingXml listing = new ListingXml();
    GeneratedKeys.in(head.bucket())
        .ifPresentOrElse(
            keys -> listing.generated(keys, prefix, after, most),
            () -> listing.stored(shelf.bucket(head.bucket()), prefix, after, most));
    return listing.text(head.bucket(), prefix, most, isSecond);
  }

  private void generated(GeneratedKeys keys, String prefix, String after, int most) {
    int number = after.compareTo(prefix) < 0 ? keys.from(prefix) : keys.from(after + "\0");
    for (; number < keys.count(); number++) {
      String key = keys.key(number);
      if (!key.startsWith(prefix)) {
        return;
      }
      if (count == most) {
        isTruncated = true;
        return;
      }
      add(key, 1024);
    }
  }

  private void stored(
      NavigableMap<String, StoredObject> objects, String prefix, String after, int most) {
    String start = after.compareTo(prefix) < 0 ? prefix : after + "\0";
    Iterator<Map.Entry<String, StoredObject>> rest =
        objects.tailMap(start, true).entrySet().iterator();
    while (rest.hasNext()) {
      Map.Entry<String, StoredObject> each = rest.next();
      if (!each.getKey().startsWith(prefix)) {
        return;
      }
      if (count == most) {
        isTruncated = true;
        return;
      }
      add(each.getKey(), each.getValue().length());
    }
  }

  private void add(String key, long size) {
    entries.append("<Contents><Key>").append(Xml.escaped(key)).append(ENTRY_END).append(size);
    entries.append(SIZE_END);
    last = key;
    count++;
  }

  private String text(String bucket, String prefix, int most, boolean isSecond) {
    String next = isSecond ? "NextContinuationToken" : "NextMarker";
    return "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>"
        + bucket
        + "</Name><Prefix>"
        + Xml.escaped(prefix)
        + "</Prefix><KeyCount>"
        + count
        + "</KeyCount><MaxKeys>"
        + most
        + "</MaxKeys><IsTruncated>"
        + isTruncated
        + "</IsTruncated>"
        + (isTruncated ? "<" + next + ">" + Xml.escaped(last) + "</" + next + ">" : "")
        + entries
        + "</ListBucketResult>";
  }
}
