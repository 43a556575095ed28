package io.taforge.adapter.s3;

import io.taforge.storage.remote.Call;
import io.taforge.storage.remote.TransferSettings;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * How long requests of a client may take, and what the SDK must be told for that.
 *
 * @param keeper who sees to it
 * @param attempts how often the client tries a request
 * @param own how long the client itself lets all attempts take together
 */
record TimeLimits(TimeKeeper keeper, int attempts, Optional<Duration> own) {
  /** The SDK's strategies pause no longer than that. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

  /** Of this client, which is looked at once: each look copies its configuration. */
  static TimeLimits of(S3Client client, TimeKeeper keeper, TransferSettings transfers) {
    ClientOverrideConfiguration configuration =
        client.serviceClientConfiguration().overrideConfiguration();
    return new TimeLimits(
        keeper,
        configuration.retryStrategy().map(RetryStrategy::maxAttempts).orElse(transfers.attempts()),
        configuration.apiCallTimeout());
  }

  /** Tells the SDK what it must know of a request. */
  void limit(AwsRequestOverrideConfiguration.Builder override, Call call) {
    if (keeper == TimeKeeper.SDK) {
      override.apiCallAttemptTimeout(call.perAttempt()).apiCallTimeout(call.inAll());
    } else {
      inAll(call).ifPresent(override::apiCallTimeout);
    }
  }

  /**
   * One timer instead of two: this long all attempts may take if each takes as long as it may.
   * Empty if the SDK need not be told, because others see to it, or its client is stricter.
   */
  Optional<Duration> inAll(Call call) {
    if (keeper == TimeKeeper.TRANSPORT) {
      return Optional.empty();
    }
    // Duration.multipliedBy takes a thousand times as long, and the product may be too large
    long one = call.perAttempt().plus(LONGEST_PAUSE).toNanos();
    Duration most =
        one < call.inAll().toNanos() / attempts ? Duration.ofNanos(attempts * one) : call.inAll();
    return own.isPresent() && own.get().compareTo(most) <= 0 ? Optional.empty() : Optional.of(most);
  }
}
