package io.taforge.example;

import io.taforge.artifact.retention.RetentionPolicy;
import io.taforge.storage.audit.Caller;
import io.taforge.storage.client.ObjectStorageClient;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Removes log samples that have expired, once a day until it is closed. */
final class DailyCleanup implements Runnable, AutoCloseable {
  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
  private final ObjectStorageClient client;
  private final RetentionPolicy policy;
  private final Clock clock;
  private final Consumer<String> log;
  private final Consumer<Exception> alarm;

  DailyCleanup(
      ObjectStorageClient client,
      RetentionPolicy policy,
      Clock clock,
      Consumer<String> log,
      Consumer<Exception> alarm) {
    this.client = client;
    this.policy = policy;
    this.clock = clock;
    this.log = log;
    this.alarm = alarm;
  }

  /** The schedule ends with a run that throws, so none may. */
  void start() {
    var unused = scheduler.scheduleWithFixedDelay(this, 0, 1, TimeUnit.DAYS);
  }

  @Override
  public void run() {
    Caller caller = new Caller("daily cleanup", UUID.randomUUID().toString());
    try {
      log.accept(client.onBehalfOf(caller).cleanupExpiredSamples(policy, clock).summary());
    } catch (RuntimeException e) {
      alarm.accept(e); // not reached, or stopped by a guard: the next run tries again
    }
  }

  @Override
  public void close() {
    scheduler.shutdownNow(); // a run that is interrupted has removed some or all of its plan
  }
}
