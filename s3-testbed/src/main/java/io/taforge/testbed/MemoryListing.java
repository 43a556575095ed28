package io.taforge.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Map;
import java.util.TreeSet;

/** Lists what a {@link MemoryS3} keeps. */
final class MemoryListing {
  private final MemoryBuckets buckets;

  MemoryListing(MemoryBuckets buckets) {
    this.buckets = buckets;
  }

  MemoryAnswer objects(String bucket, Map<String, String> query) {
    String prefix = query.getOrDefault("prefix", "");
    String after = query.getOrDefault("continuation-token", query.getOrDefault("start-after", ""));
    int most = Integer.parseInt(query.getOrDefault("max-keys", "1000"));
    String delimiter = query.getOrDefault("delimiter", "");
    boolean isUrl = "url".equals(query.get("encoding-type"));
    StringBuilder entries = new StringBuilder();
    TreeSet<String> folders = new TreeSet<>();
    int count = 0;
    String last = "";
    boolean isMore = false;
    for (Map.Entry<String, MemoryObject> each : buckets.all(bucket).entrySet()) {
      String key = each.getKey();
      int end = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
      String name = end < 0 ? key : key.substring(0, end + 1);
      if (!key.startsWith(prefix) || name.compareTo(after) <= 0 || folders.contains(name)) {
        continue;
      }
      if (count == most) {
        isMore = true;
        break;
      }
      count++;
      last = name;
      if (end >= 0) {
        folders.add(name);
      } else {
        entries.append(entry(key, each.getValue(), isUrl));
      }
    }
    StringBuilder xml = new StringBuilder("<ListBucketResult><Name>" + bucket + "</Name>");
    xml.append("<Prefix>" + text(prefix, isUrl) + "</Prefix>");
    xml.append("<KeyCount>" + count + "</KeyCount><MaxKeys>" + most + "</MaxKeys>");
    xml.append(isUrl ? "<EncodingType>url</EncodingType>" : "");
    xml.append("<IsTruncated>" + isMore + "</IsTruncated>");
    if (isMore) {
      xml.append("<NextContinuationToken>" + text(last, false) + "</NextContinuationToken>");
    }
    xml.append(entries);
    folders.forEach(
        each ->
            xml.append(
                "<CommonPrefixes><Prefix>" + text(each, isUrl) + "</Prefix></CommonPrefixes>"));
    return MemoryAnswer.xml(xml.append("</ListBucketResult>").toString());
  }

  private static String entry(String key, MemoryObject object, boolean isUrl) {
    return "<Contents><Key>"
        + text(key, isUrl)
        + "</Key><LastModified>"
        + object.stored()
        + "</LastModified><ETag>"
        + object.tag().replace("\"", "&quot;")
        + "</ETag><Size>"
        + object.content().length
        + "</Size><StorageClass>STANDARD</StorageClass></Contents>";
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
                xml.append(
                    "<Upload><Key>"
                        + text(upload.key(), false)
                        + "</Key><UploadId>"
                        + id
                        + "</UploadId><Initiated>2026-01-01T00:00:00Z</Initiated></Upload>");
              }
            });
    return MemoryAnswer.xml(xml.append("</ListMultipartUploadsResult>").toString());
  }

  private static String text(String plain, boolean isUrl) {
    return isUrl
        ? URLEncoder.encode(plain, UTF_8)
        : plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
