package io.taforge.storage.remote;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A bucket's policy, as far as it is about everybody. By "Policies and permissions in Amazon S3"
 * and "The meaning of public" of the user guide of Amazon S3.
 */
final class PolicyDocument {
  /** Whom it lets in without credentials of ours, from the fewest to the most. */
  enum Reach {
    /** Nobody. */
    NOBODY,
    /** Whoever is in the right place, which not every server knows to tell. */
    UNDER_CONDITIONS,
    /** Anybody. */
    ANYBODY
  }

  /** What narrows down who asks; other conditions are about what is asked, by whomever. */
  private static final List<String> NARROWING =
      List.of("aws:", "s3:dataaccesspoint", "s3:accessgrants");

  private final Collection<?> statements;

  private PolicyDocument(Collection<?> statements) {
    this.statements = statements;
  }

  /**
   * Reads a policy in JSON.
   *
   * @throws IllegalArgumentException if it is none
   */
  static PolicyDocument parse(String json) {
    if (!(JsonText.read(json) instanceof Map<?, ?> document)) {
      throw new IllegalArgumentException("The policy is no object of JSON");
    }
    return new PolicyDocument(all(document.get("Statement")));
  }

  /** The most that one of its statements allows. */
  Reach reach() {
    Reach most = Reach.NOBODY;
    for (Object each : statements) {
      Reach one = each instanceof Map<?, ?> statement ? reach(statement) : Reach.ANYBODY;
      most = one.compareTo(most) > 0 ? one : most;
    }
    return most;
  }

  private static Reach reach(Map<?, ?> statement) {
    boolean isForEverybody =
        statement.containsKey("NotPrincipal") || isEverybody(statement.get("Principal"));
    if (!"Allow".equals(statement.get("Effect")) || !isForEverybody) {
      return Reach.NOBODY;
    }
    return isNarrowed(statement.get("Condition")) ? Reach.UNDER_CONDITIONS : Reach.ANYBODY;
  }

  private static boolean isEverybody(@Nullable Object principal) {
    return principal instanceof Map<?, ?> kinds
        ? kinds.values().stream().anyMatch(names -> all(names).contains("*"))
        : all(principal).contains("*");
  }

  private static boolean isNarrowed(@Nullable Object condition) {
    return condition instanceof Map<?, ?> operators
        && operators.values().stream()
            .filter(Map.class::isInstance)
            .flatMap(keys -> ((Map<?, ?>) keys).keySet().stream())
            .anyMatch(key -> isNarrowing(String.valueOf(key).toLowerCase(Locale.ROOT)));
  }

  private static boolean isNarrowing(String key) {
    return NARROWING.stream().anyMatch(key::startsWith);
  }

  /** One value and a list of one mean the same. */
  private static Collection<?> all(@Nullable Object value) {
    if (value instanceof Collection<?> several) {
      return several;
    }
    return value == null ? List.of() : List.of(value);
  }
}
