package io.taforge.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Map;
import java.util.TreeSet;

/** Lists what a {@link MemoryS3} keeps. */
record MemoryListing(MemoryBuckets buckets) {
  MemoryAnswer objects(String bucket, Map<String, String> query) {
    Page page = new Page(query);
    for (Map.Entry<String, MemoryObject> each : buckets.all(bucket).entrySet()) {
      page.add(each.getKey(), each.getValue());
    }
    return MemoryAnswer.xml(page.xml(bucket));
  }

  MemoryAnswer uploads(String bucket) {
    StringBuilder xml =
        new StringBuilder("<ListMultipartUploadsResult><Bucket>" + bucket + "</Bucket>");
    xml.append("<IsTruncated>false</IsTruncated>");
    buckets
        .uploads()
        .forEach(
            (id, upload) -> {
              if (upload.bucket().equals(bucket)) {
                xml.append("<Upload><Key>" + upload.key() + "</Key><UploadId>" + id);
                xml.append("</UploadId><Initiated>2026-01-01T00:00:00Z</Initiated></Upload>");
              }
            });
    return MemoryAnswer.xml(xml.append("</ListMultipartUploadsResult>").toString());
  }

  /** One page, while it is filled in the order of keys. */
  private static final class Page {
    private final String prefix;
    private final String after;
    private final String delimiter;
    private final int most;
    private final boolean isUrl;
    private final StringBuilder entries = new StringBuilder();
    private final TreeSet<String> folders = new TreeSet<>();
    private int count;
    private String last = "";
    private boolean isMore;

    Page(Map<String, String> query) {
      this.prefix = query.getOrDefault("prefix", "");
      this.after = query.getOrDefault("continuation-token", query.getOrDefault("start-after", ""));
      this.delimiter = query.getOrDefault("delimiter", "");
      this.most = Integer.parseInt(query.getOrDefault("max-keys", "1000"));
      this.isUrl = "url".equals(query.get("encoding-type"));
    }

    void add(String key, MemoryObject object) {
      int end = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
      String name = end < 0 ? key : key.substring(0, end + 1);
      if (!key.startsWith(prefix) || name.compareTo(after) <= 0 || folders.contains(name)) {
        return;
      }
      if (count == most) {
        isMore = true;
        return;
      }
      count++;
      last = name;
      if (end < 0) {
        entries.append(entry(key, object));
      } else {
        folders.add(name);
      }
    }

    String xml(String bucket) {
      StringBuilder xml = new StringBuilder("<ListBucketResult><Name>" + bucket + "</Name>");
      xml.append("<Prefix>" + text(prefix) + "</Prefix>");
      xml.append("<KeyCount>" + count + "</KeyCount><MaxKeys>" + most + "</MaxKeys>");
      xml.append(isUrl ? "<EncodingType>url</EncodingType>" : "");
      xml.append("<IsTruncated>" + isMore + "</IsTruncated>");
      xml.append(isMore ? "<NextContinuationToken>" + last + "</NextContinuationToken>" : "");
      xml.append(entries);
      for (String each : folders) {
        xml.append("<CommonPrefixes><Prefix>" + text(each) + "</Prefix></CommonPrefixes>");
      }
      return xml.append("</ListBucketResult>").toString();
    }

    private String entry(String key, MemoryObject object) {
      return "<Contents><Key>"
          + text(key)
          + "</Key><LastModified>"
          + object.stored()
          + "</LastModified><ETag>"
          + object.tag().replace("\"", "&quot;")
          + "</ETag><Size>"
          + object.content().length
          + "</Size><StorageClass>STANDARD</StorageClass></Contents>";
    }

    private String text(String plain) {
      return isUrl
          ? URLEncoder.encode(plain, UTF_8)
          : plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
  }
}
