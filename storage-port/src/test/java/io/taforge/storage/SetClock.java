package io.taforge.storage;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands until it is set, by any thread. */
public class SetClock extends Clock {
  private volatile Instant now;

  /** It is this moment. */
  public SetClock(Instant now) {
    this.now = now;
  }

  /** From now on it is this moment. */
  public void set(Instant moment) {
    now = moment;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
