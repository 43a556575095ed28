package io.taforge.storage.remote;

import io.taforge.artifact.ArtifactKind;
import io.taforge.storage.BucketCheck;
import io.taforge.storage.Buckets;
import io.taforge.storage.Capability;
import io.taforge.storage.FailureContext;
import io.taforge.storage.Operation;
import io.taforge.storage.StorageAccessDeniedException;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.remote.ObjectServer.AccessList;
import io.taforge.storage.remote.ObjectServer.Account;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/**
 * Looks at one bucket from all sides, with objects of its own that are gone afterwards. What a
 * server cannot be asked is unknown, and never taken to be right.
 */
final class BucketInspection {
  private final ObjectServer server;
  private final ServerConnection connection;
  private final TransferSettings settings;
  private final Set<Capability> claimed;
  private final Clock clock;
  private final String bucket;
  private final FailureContext context;
  private final Findings findings;

  /**
   * Of the bucket of a kind.
   *
   * @param claimed what is said of the server without asking it
   */
  BucketInspection(
      ObjectServer server,
      ServerConnection connection,
      TransferSettings settings,
      Set<Capability> claimed,
      Clock clock,
      Buckets buckets,
      ArtifactKind kind) {
    this.server = server;
    this.connection = connection;
    this.settings = settings;
    this.claimed = claimed;
    this.clock = clock;
    this.bucket = buckets.of(kind);
    this.context = FailureContext.of(Operation.VERIFY_BUCKET, buckets, kind);
    this.findings = new Findings(kind, bucket);
  }

  /** What was found, in the words of {@link BucketCheck}. */
  List<BucketCheck> all() {
    Outcome<Boolean> found = Outcome.of(() -> server.hasBucket(bucket, call()));
    if (found.isFailure(StorageConnectionException.class)) {
      findings.add("reachable", Verdict.failed(found.reason()));
      return findings.all();
    }
    findings.add("reachable", Verdict.ok());
    Outcome<Account> account = Outcome.of(() -> server.account(call()));
    if (isThere(found, account)) {
      Outcome<AccessList> access = Outcome.of(() -> server.accessList(bucket, call()));
      findings.add("ours", Ownership.of(bucket, account, access).verdict());
      boolean isAmazon = connection.endpoint().isEmpty();
      new SettingsInspection(server, bucket, isAmazon, call()).into(findings, access);
      content();
    }
    return findings.all();
  }

  /** A bucket that we may not look at is there, too. */
  private boolean isThere(Outcome<Boolean> found, Outcome<Account> account) {
    boolean isDenied = found.isFailure(StorageAccessDeniedException.class);
    if (isDenied && !account.isAnswer()) {
      findings.add("credentials", Verdict.failed(account.reason()));
      return false;
    }
    findings.add("credentials", Verdict.ok());
    if (isDenied) {
      findings.add("exists", Verdict.ok());
      findings.add(
          "ours", Verdict.failed(found.reason() + "; perhaps it belongs to somebody else"));
      return false;
    }
    boolean isThere = found.answer().orElse(false);
    String detail = found.isAnswer() ? "There is no bucket " + bucket : found.reason();
    findings.add("exists", isThere ? Verdict.ok() : Verdict.failed(detail));
    return isThere;
  }

  private void content() {
    Outcome<Versions> versions = Outcome.of(() -> Versions.in(server, bucket, call()));
    findings.add("versions", versions(versions));
    Versions kept = versions.answer().orElse(Versions.NONE);
    Canary canary = new Canary(server, settings, bucket, context);
    Anybody anybody = new Anybody(connection, settings.patience(), context);
    StrangerInspection stranger = new StrangerInspection(server, canary, anybody, clock, call());
    ContentInspection content = new ContentInspection(server, canary, stranger, claimed, call());
    if (kept == Versions.LOCKED) {
      content.withoutWriting(findings);
      return;
    }
    try {
      content.into(findings, kept);
    } finally {
      canary.removeAll(kept);
    }
  }

  private static Verdict versions(Outcome<Versions> versions) {
    return versions.isAnswer()
        ? Verdict.ok()
        : Verdict.unknown(
            versions.reason()
                + "; if old versions are kept here, those of what was looked with stay, with a"
                + " delete marker");
  }

  private Call call() {
    return settings.call(context);
  }
}
