package io.taforge.storage.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ContentType;
import io.taforge.artifact.FileName;
import io.taforge.artifact.Sha256;
import io.taforge.storage.LinkRequest;
import io.taforge.storage.LinkRequest.Download;
import io.taforge.storage.LinkRequest.Upload;
import java.net.URLDecoder;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a link says in its path and query; the one place that knows how it is written and read. What
 * was read is only what a link claims: {@link LinkAuthority} knows whether it is true.
 */
record LinkTarget(String keyId, Instant expiry, LinkRequest claim) {
  private static final String VERSION = "taforge-link";
  private static final String KEY = "key";
  private static final String EXPIRES = "expires";
  private static final String SAVE_AS = "save-as";
  private static final String TYPE = "content-type";
  private static final String LENGTH = "length";
  private static final String SHA256 = "sha256";
  private static final String SIGNATURE = "signature";
  private static final Set<String> ALWAYS = Set.of(VERSION, KEY, EXPIRES, SIGNATURE);
  private static final Duration ANY = Duration.ofSeconds(1);
  private static final int MOST_CHARACTERS = 8192;

  /** Begins to write a target. */
  static Writer writer(
      String folder, String bucket, String artifact, String keyId, Instant expiry) {
    return new Writer(folder, bucket, artifact, keyId, expiry);
  }

  /** Writes one. */
  static final class Writer {
    private final StringBuilder target = new StringBuilder(512);

    private Writer(String folder, String bucket, String artifact, String keyId, Instant expiry) {
      target.append(folder).append('/').append(bucket).append('/');
      encode(artifact, "/");
      target.append('?').append(VERSION).append("=1");
      add(KEY, keyId);
      add(EXPIRES, String.valueOf(expiry.getEpochSecond()));
    }

    /** What a download says; its artifact's own name goes without saying. */
    void add(Download download) {
      if (!download.saveAs().equals(download.artifact().fileName())) {
        add(SAVE_AS, download.saveAs().value());
      }
    }

    /** What an upload is bound to. */
    void add(Upload upload) {
      upload.contentType().ifPresent(type -> add(TYPE, type.value()));
      upload.length().ifPresent(length -> add(LENGTH, String.valueOf(length)));
      upload.sha256().ifPresent(checksum -> add(SHA256, checksum.hex()));
    }

    /** All of it. */
    String signed(String signature) {
      add(SIGNATURE, signature);
      return target.toString();
    }

    private void add(String name, String value) {
      target.append('&').append(name).append('=');
      encode(value, "");
    }

    /** Encodes all but unreserved characters (RFC 3986, section 2.3) and these. */
    private void encode(String text, String others) {
      int plain = 0;
      while (plain < text.length() && isPlain(text.charAt(plain), others)) {
        plain++;
      }
      target.append(text, 0, plain);
      if (plain < text.length()) {
        encodeBytes(text.substring(plain), others);
      }
    }

    private void encodeBytes(String text, String others) {
      for (byte b : text.getBytes(UTF_8)) {
        char c = (char) (b & 0xFF);
        if (isPlain(c, others)) {
          target.append(c);
        } else {
          target.append('%').append(digit(c >> 4)).append(digit(c));
        }
      }
    }

    private static boolean isPlain(char c, String others) {
      return (c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || "-._~".indexOf(c) >= 0
          || others.indexOf(c) >= 0;
    }

    private static char digit(int value) {
      return "0123456789ABCDEF".charAt(value & 0xF);
    }
  }

  /**
   * Reads what a link claims; empty if it is no link at all. Leaves it to the caller to find out
   * whether it is written as it should be.
   *
   * @param folder the path of the endpoint
   */
  static Optional<LinkTarget> parse(String method, String folder, String target) {
    int query = target.indexOf('?');
    if (query < 0 || target.length() > MOST_CHARACTERS || !target.startsWith(folder + "/")) {
      return Optional.empty();
    }
    try {
      int bucketEnd = target.indexOf('/', folder.length() + 1);
      if (bucketEnd < 0 || bucketEnd > query) {
        return Optional.empty();
      }
      Artifact artifact = Artifact.at(decode(target.substring(bucketEnd + 1, query)));
      Map<String, String> parameters = parameters(target.substring(query + 1));
      if (!parameters.keySet().containsAll(ALWAYS)) {
        return Optional.empty();
      }
      Instant expiry = Instant.ofEpochSecond(Long.parseLong(parameters.get(EXPIRES)));
      return claim(method, artifact, parameters)
          .map(claim -> new LinkTarget(parameters.getOrDefault(KEY, ""), expiry, claim));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty(); // not a key, a number, a type, a checksum, or not encoded
    }
  }

  /** The claim, for as long as this. */
  LinkRequest request(Duration validity) {
    Duration some =
        validity.compareTo(LinkRequest.MAX_VALIDITY) > 0 ? LinkRequest.MAX_VALIDITY : validity;
    return claim instanceof Download download
        ? download.validFor(some)
        : ((Upload) claim).validFor(some);
  }

  private static Optional<LinkRequest> claim(
      String method, Artifact artifact, Map<String, String> parameters) {
    return switch (method) {
      case "GET", "HEAD" ->
          Optional.of(
              new Download(
                  artifact,
                  ANY,
                  Optional.ofNullable(parameters.get(SAVE_AS))
                      .map(FileName::of)
                      .orElseGet(artifact::fileName)));
      case "PUT" ->
          Optional.of(
              new Upload(
                  artifact,
                  ANY,
                  Optional.ofNullable(parameters.get(TYPE)).map(ContentType::of),
                  parameters.containsKey(LENGTH)
                      ? OptionalLong.of(Long.parseLong(parameters.get(LENGTH)))
                      : OptionalLong.empty(),
                  Optional.ofNullable(parameters.get(SHA256)).map(Sha256::ofHex)));
      default -> Optional.empty();
    };
  }

  /** Unknown and repeated ones need no look: the target is written anew, and has none of them. */
  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String each : query.split("&", -1)) {
      int end = each.indexOf('=');
      if (end > 0) {
        parameters.putIfAbsent(each.substring(0, end), decode(each.substring(end + 1)));
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, UTF_8);
  }
}
