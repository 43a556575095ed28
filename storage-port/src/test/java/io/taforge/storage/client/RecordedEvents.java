package io.taforge.storage.client;

import io.taforge.storage.FailureContext;
import io.taforge.storage.audit.AuditEvent;
import io.taforge.storage.audit.AuditTrail;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A trail in memory, which never ends. */
final class RecordedEvents implements AuditTrail {
  private final List<AuditEvent> events = new CopyOnWriteArrayList<>();

  @Override
  public void prepare(FailureContext context) {
    // there is room
  }

  @Override
  public void record(AuditEvent event) {
    events.add(event);
  }

  /** All until now, the oldest first. */
  List<AuditEvent> all() {
    return List.copyOf(events);
  }
}
