package io.taforge.storage.policy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is known of the keys of conditions: not of all of them, but of those that are easily taken
 * for what they are not. By "Actions, resources, and condition keys for Amazon S3" and "The meaning
 * of public" of its user guide.
 */
final class ConditionKeys {
  /** Which actions know these; all in lower case, as servers do not mind the case. */
  private static final Map<String, Set<String>> KNOWN_BY =
      Map.of(
          "s3:prefix", Set.of("s3:listbucket", "s3:listbucketversions"),
          "s3:delimiter", Set.of("s3:listbucket", "s3:listbucketversions"),
          "s3:max-keys", Set.of("s3:listbucket", "s3:listbucketversions"),
          "s3:locationconstraint", Set.of("s3:createbucket"),
          "s3:x-amz-copy-source", Set.of("s3:putobject"),
          "s3:x-amz-metadata-directive", Set.of("s3:putobject"));

  /** These tell who asks, or from where, and no stranger can say of himself what he likes. */
  private static final Set<String> NARROWING =
      Set.of(
          "aws:principalaccount",
          "aws:principalarn",
          "aws:principalorgid",
          "aws:principalorgpaths",
          "aws:sourceaccount",
          "aws:sourcearn",
          "aws:sourceip",
          "aws:sourceorgid",
          "aws:sourceowner",
          "aws:sourcevpc",
          "aws:sourcevpce",
          "aws:userid",
          "aws:vpcsourceip",
          "s3:accessgrantsinstancearn",
          "s3:dataaccesspointaccount",
          "s3:dataaccesspointarn");

  /** Others hold for whoever is not named, or if nothing is known of who asks. */
  private static final Set<String> NARROWING_OPERATORS =
      Set.of(
          "arnequals",
          "arnlike",
          "ipaddress",
          "stringequals",
          "stringequalsignorecase",
          "stringlike");

  private static final Set<String> EVERYTHING = Set.of("*", "0.0.0.0/0", "::/0");

  private ConditionKeys() {}

  /** Whether no action that fits the pattern knows the key. */
  static boolean isStrangeTo(String action, String key) {
    Set<String> knowing = KNOWN_BY.get(key.toLowerCase(Locale.ROOT));
    return knowing != null && knowing.stream().noneMatch(each -> fits(each, action));
  }

  /** Whether a condition keeps out somebody who may come from anywhere, where it is understood. */
  static boolean narrow(Map<?, ?> conditions) {
    return conditions.entrySet().stream()
        .filter(each -> NARROWING_OPERATORS.contains(lower(each.getKey())))
        .map(Map.Entry::getValue)
        .filter(Map.class::isInstance)
        .flatMap(keys -> ((Map<?, ?>) keys).entrySet().stream())
        .anyMatch(each -> NARROWING.contains(lower(each.getKey())) && isSome(each.getValue()));
  }

  private static boolean isSome(Object values) {
    List<?> all = List.copyOf(Element.all(values));
    return !all.isEmpty() && all.stream().noneMatch(EVERYTHING::contains);
  }

  private static String lower(Object name) {
    return String.valueOf(name).toLowerCase(Locale.ROOT);
  }

  private static boolean fits(String action, String pattern) {
    return Pattern.matches(
        pattern
            .toLowerCase(Locale.ROOT)
            .codePoints()
            .mapToObj(
                each ->
                    switch (each) {
                      case '*' -> ".*";
                      case '?' -> ".";
                      default -> Pattern.quote(Character.toString(each));
                    })
            .collect(Collectors.joining()),
        action);
  }
}
