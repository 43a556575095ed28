package io.taforge.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A request that came to a {@link FaultProxy}.
 *
 * @param method such as {@code GET}
 * @param path as it was sent, percent signs and all
 * @param query as it was sent, without the question mark; empty if there is none
 * @param headers what was sent; names are the same in whatever case
 */
public record ProxiedRequest(
    String method, String path, String query, Map<String, List<String>> headers) {
  /** What is asked of an object besides its content. */
  private static final Pattern SUBRESOURCE =
      Pattern.compile("(.*&)?(acl|attributes|legal-hold|retention|tagging|uploadId)([=&].*)?");

  private static final Set<String> WRITES = Set.of("PUT", "POST");

  static ProxiedRequest of(MessageHead head) {
    String[] words = head.startLine().split(" ", 3);
    String[] target = words[1].split("\\?", 2);
    return new ProxiedRequest(
        words[0], target[0], target.length > 1 ? target[1] : "", head.headers());
  }

  /** The bucket in the path; empty if there is none. */
  public String bucket() {
    return decoded(path.substring(1).split("/", 2)[0]);
  }

  /** The key in the path; empty if there is none. */
  public String key() {
    String[] parts = path.substring(1).split("/", 2);
    return parts.length > 1 ? decoded(parts[1]) : "";
  }

  /** The first value of a header. */
  public Optional<String> header(String name) {
    return headers.getOrDefault(name, List.of()).stream().findFirst();
  }

  /** Whether the content of an object is asked for, or a part of it. */
  public boolean isDownload() {
    return method.equals("GET") && !key().isEmpty() && !SUBRESOURCE.matcher(query).matches();
  }

  /** Whether this changes something other than by deleting it. */
  public boolean isWrite() {
    return WRITES.contains(method);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
  }
}
