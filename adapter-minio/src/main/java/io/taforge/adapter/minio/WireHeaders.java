package io.taforge.adapter.minio;

import io.minio.Http;
import io.taforge.artifact.ContentType;
import io.taforge.artifact.Sha256;
import io.taforge.artifact.Tags;
import io.taforge.storage.VersionToken;
import io.taforge.storage.WriteCondition;
import io.taforge.storage.remote.ObjectHeaders;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import okhttp3.MediaType;
import org.jspecify.annotations.Nullable;

/** Puts what requests say into headers, in the SDK's form. */
final class WireHeaders {
  private WireHeaders() {}

  /** For content that goes up as a whole. */
  static Http.Headers of(ObjectHeaders object, Sha256 content) {
    Http.Headers headers = of(object);
    headers.set(RequestSigning.CHECKSUM, content.hex());
    return headers;
  }

  /** For an upload in parts, each of which comes with its SHA-256. */
  static Http.Headers ofParts(ObjectHeaders object) {
    Http.Headers headers = of(object);
    headers.set("Content-Type", contentType(object.contentType()).toString());
    headers.set("x-amz-checksum-algorithm", "SHA256");
    return headers;
  }

  /** For a part. */
  static Http.Headers of(Sha256 part) {
    return new Http.Headers(RequestSigning.CHECKSUM, part.hex());
  }

  /** The condition of a write. */
  static Map<String, String> of(WriteCondition condition) {
    if (condition instanceof WriteCondition.IfUnchanged unchanged) {
      return of(unchanged.version());
    }
    return condition instanceof WriteCondition.IfAbsent ? Map.of("If-None-Match", "*") : Map.of();
  }

  /** That the object is still this one. */
  static Map<String, String> of(VersionToken version) {
    return Map.of("If-Match", version.value());
  }

  /** The content type; OkHttp does not know that there may be a space before the semicolon. */
  static MediaType contentType(ContentType type) {
    @Nullable MediaType known = MediaType.parse(type.value());
    return known == null ? MediaType.get(type.value().replace(" ;", ";")) : known;
  }

  /** A checksum as headers and XML name it. */
  static String base64(Sha256 checksum) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(checksum.hex()));
  }

  /** What guards the bytes of a configuration besides. */
  static String md5(byte[] bytes) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has MD5", e);
    }
  }

  private static Http.Headers of(ObjectHeaders object) {
    Http.Headers headers = new Http.Headers();
    object.metadata().entries().forEach((key, value) -> headers.set("x-amz-meta-" + key, value));
    if (!object.tags().isEmpty()) {
      headers.set("x-amz-tagging", query(object.tags()));
    }
    return headers;
  }

  private static String query(Tags tags) {
    return tags.entries().entrySet().stream()
        .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
