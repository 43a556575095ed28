package io.taforge.links;

import io.taforge.storage.VersionToken;
import java.util.Arrays;

/** The token of a version as an entity tag (RFC 9110, section 8.8.3). */
record EntityTag(VersionToken version) {
  static EntityTag of(VersionToken version) {
    return new EntityTag(version);
  }

  /** Whether a header such as {@code If-None-Match} names it, or anything there may be. */
  boolean isIn(String header) {
    return Arrays.stream(header.split(",", -1))
        .map(String::strip)
        .anyMatch(each -> each.equals("*") || each.equals(toString()) || each.equals("W/" + this));
  }

  @Override
  public String toString() {
    return '"' + version.value() + '"';
  }
}
