package io.taforge.storage;

/**
 * A rule of a backend about log samples, by which it removes them itself.
 *
 * @param id what it is recognised by; ours is {@value #OURS}
 * @param prefix what the keys begin with that it is about
 * @param expireAfterDays how many days it keeps them; the backend rounds up to its next midnight
 * @param abortUploadsAfterDays after how many days it gives up uploads in parts that were not
 *     completed
 */
public record NativeRule(String id, String prefix, int expireAfterDays, int abortUploadsAfterDays) {
  /** The id of the rule that taforge puts in place. */
  public static final String OURS = "taforge-log-samples";

  /** For people: {@code samples/ expires after 30 days, …}. */
  @Override
  public String toString() {
    return id
        + ": "
        + prefix
        + " expires after "
        + days(expireAfterDays)
        + ", uploads that nobody completes after "
        + days(abortUploadsAfterDays);
  }

  private static String days(int count) {
    return count == 1 ? "1 day" : count + " days";
  }
}
