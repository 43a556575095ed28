package io.taforge.adapter.s3;

import io.taforge.storage.remote.Call;
import java.time.Duration;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;

/** Who sees to it that a request takes no longer than it may. */
enum TimeKeeper {
  /** This adapter's transport, which reads {@link RequestTerms}. */
  TRANSPORT,
  /** The SDK, for each attempt and for all of them together. */
  SDK,
  /** The caller's client as it was built, for each attempt; the SDK, for all of them together. */
  CALLER;

  /** The SDK's strategies pause no longer than that. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

  /**
   * Tells the SDK, if that sees to it.
   *
   * @param attempts how often the client tries a request
   */
  void limit(AwsRequestOverrideConfiguration.Builder override, Call call, int attempts) {
    if (this == SDK) {
      override.apiCallAttemptTimeout(call.perAttempt()).apiCallTimeout(call.inAll());
    } else if (this == CALLER) {
      override.apiCallTimeout(inAll(call, attempts));
    }
  }

  /** One timer instead of two: this long all attempts may take if each takes as long as it may. */
  static Duration inAll(Call call, int attempts) {
    // Duration.multipliedBy takes a thousand times as long, and the product may be too large
    long one = call.perAttempt().plus(LONGEST_PAUSE).toNanos();
    return one < call.inAll().toNanos() / attempts
        ? Duration.ofNanos(attempts * one)
        : call.inAll();
  }
}
