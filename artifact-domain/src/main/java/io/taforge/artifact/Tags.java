package io.taforge.artifact;

import static io.taforge.artifact.Quoted.quoted;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Labels that can be changed without rewriting the artifact, where a backend has them. The limits
 * are those of Amazon S3 object tagging, on every backend.
 *
 * @param entries at most 10; keys of 1 to 128 and values of up to 256 characters, both of letters,
 *     digits, spaces and {@code + - = . _ : / @}; unmodifiable
 */
public record Tags(SortedMap<String, String> entries) {
  /** The most tags an artifact has. */
  public static final int MAX_ENTRIES = 10;

  private static final Pattern KEY = Pattern.compile("[\\p{L}\\p{N} +\\-=._:/@]{1,128}");
  private static final Pattern VALUE = Pattern.compile("[\\p{L}\\p{N} +\\-=._:/@]{0,256}");
  private static final Tags NONE = new Tags(new TreeMap<>());

  /**
   * Checks every rule above and keeps a copy.
   *
   * @throws InvalidMetadataException if an entry breaks a rule, or there are too many
   */
  public Tags {
    if (entries.size() > MAX_ENTRIES) {
      throw new InvalidMetadataException(
          "There are " + entries.size() + " tags and at most " + MAX_ENTRIES + " are allowed");
    }
    entries.forEach(
        (key, value) -> {
          if (!KEY.matcher(key).matches() || !VALUE.matcher(value).matches()) {
            throw new InvalidMetadataException(
                "The tag "
                    + quoted(key)
                    + " = "
                    + quoted(value)
                    + " is not allowed: letters, digits, spaces and + - = . _ : / @ are, 1 to 128 in"
                    + " the key and up to 256 in the value");
          }
        });
    entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
  }

  /** No tags. */
  public static Tags none() {
    return NONE;
  }

  /**
   * These tags.
   *
   * @throws InvalidMetadataException if one breaks a rule, or there are too many
   */
  public static Tags of(Map<String, String> entries) {
    return new Tags(new TreeMap<>(entries));
  }

  /** Whether there is no tag. */
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  @Override
  public String toString() {
    return entries.toString();
  }
}
