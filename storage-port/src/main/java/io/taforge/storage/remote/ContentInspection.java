package io.taforge.storage.remote;

import io.taforge.artifact.Tags;
import io.taforge.storage.Capability;
import io.taforge.storage.StorageConflictException;
import io.taforge.storage.StorageUnsupportedException;
import io.taforge.storage.VersionToken;
import io.taforge.storage.WriteCondition;
import io.taforge.storage.remote.ObjectServer.Receipt;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at what a server does with objects, by way of one that is gone afterwards. */
final class ContentInspection {
  private static final List<String> NEEDS_A_CANARY =
      List.of(
          "readable",
          "anonymous-read",
          "conditional-create",
          "checksums",
          "unsigned-headers",
          "conditional-delete",
          "deletable");

  private final ObjectServer server;
  private final Canary canary;
  private final StrangerInspection stranger;
  private final Set<Capability> claimed;
  private final Call call;
  private final ObjectName kept;

  /**
   * Of the bucket that the canary is in.
   *
   * @param claimed what is said of the server without asking it
   */
  ContentInspection(
      ObjectServer server,
      Canary canary,
      StrangerInspection stranger,
      Set<Capability> claimed,
      Call call) {
    this.server = server;
    this.canary = canary;
    this.stranger = stranger;
    this.claimed = claimed;
    this.call = call;
    this.kept = canary.name();
  }

  void into(Findings findings, Versions versions) {
    Outcome<Receipt> stored = Outcome.of(() -> put(WriteCondition.always()));
    findings.needed("writable", stored, receipt -> Verdict.ok());
    listings(findings, stored.isAnswer());
    if (!stored.isAnswer()) {
      findings.unknown(NEEDS_A_CANARY, "Nothing can be written to look at that");
      return;
    }
    findings.needed(
        "readable",
        Outcome.of(() -> canary.holds(kept)),
        isSame ->
            isSame ? Verdict.ok() : Verdict.failed("Something else comes back than was stored"));
    stranger.reading(findings, kept);
    findings.add("conditional-create", createConditionally());
    stranger.checksums(findings);
    stranger.unsignedHeaders(findings, kept);
    findings.add("conditional-delete", deleteConditionally()); // it may do it, so it comes last
    findings.needed(
        "deletable", Outcome.of(() -> canary.remove(kept, versions)), isDone -> Verdict.ok());
  }

  /** Looks without writing, at a bucket that would keep what is written. */
  void withoutWriting(Findings findings) {
    String reason = "What is written to a bucket with object lock may stay there, so nothing was";
    findings.unknown(List.of("writable"), reason);
    listings(findings, false);
    findings.unknown(NEEDS_A_CANARY, reason);
  }

  private void listings(Findings findings, boolean isStored) {
    findings.needed(
        "listable",
        Outcome.of(() -> isListed()),
        isListed ->
            isListed || !isStored
                ? Verdict.ok()
                : Verdict.failed("What was just stored is not listed"));
    stranger.listing(findings, kept);
  }

  private boolean isListed() {
    return server.list(kept.bucket(), kept.key(), false, "", 1, call).entries().stream()
        .anyMatch(each -> each.key().equals(kept.key()));
  }

  private Verdict createConditionally() {
    Outcome<Receipt> again = Outcome.of(() -> put(WriteCondition.ifAbsent()));
    if (again.isFailure(StorageConflictException.class)) {
      return Verdict.ok();
    }
    return again.isAnswer()
        ? Verdict.failed("The server ignores If-None-Match")
        : unlessUnsupported(again);
  }

  private Verdict deleteConditionally() {
    VersionToken wrong = new VersionToken("\"of-another-time\"");
    Outcome<Boolean> deletion = Outcome.of(() -> server.delete(kept, Optional.of(wrong), call));
    if (deletion.isFailure(StorageConflictException.class)) {
      return Verdict.ok();
    }
    if (!deletion.isAnswer()) {
      return unlessUnsupported(deletion);
    }
    return claimed.contains(Capability.CONDITIONAL_DELETE)
        ? Verdict.failed("The server ignores If-Match, although the settings say otherwise")
        : Verdict.unknown("The server ignores If-Match, so the store does without");
  }

  private static Verdict unlessUnsupported(Outcome<?> outcome) {
    return outcome.isFailure(StorageUnsupportedException.class)
        ? Verdict.unknown(outcome.reason())
        : Verdict.failed(outcome.reason());
  }

  private Receipt put(WriteCondition condition) {
    return canary.put(kept, Canary.CONTENT, Tags.none(), condition);
  }
}
