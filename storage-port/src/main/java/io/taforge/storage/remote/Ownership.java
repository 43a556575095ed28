package io.taforge.storage.remote;

import io.taforge.storage.remote.ObjectServer.AccessList;
import io.taforge.storage.remote.ObjectServer.Account;
import java.util.Optional;

/**
 * Whose a bucket is that is there. Its list of access tells the owner; where it tells us nothing,
 * as of a bucket that only a policy has opened to us, it is ours if the account has it.
 *
 * @param isOurs whether it is of the account that asks; empty if the server does not tell
 * @param detail a sentence on that; empty if it is ours
 */
record Ownership(Optional<Boolean> isOurs, String detail) {
  static Ownership of(ObjectServer server, String bucket, Call call) {
    return of(
        bucket,
        Outcome.of(() -> server.account(call)),
        Outcome.of(() -> server.accessList(bucket, call)));
  }

  static Ownership of(String bucket, Outcome<Account> account, Outcome<AccessList> access) {
    Optional<String> we = account.answer().flatMap(Account::id).filter(id -> !id.isEmpty());
    Optional<String> owner = access.answer().map(AccessList::owner).filter(id -> !id.isEmpty());
    if (we.isPresent() && owner.isPresent()) {
      return we.equals(owner)
          ? ours()
          : new Ownership(Optional.of(false), "It belongs to the account " + owner.get());
    }
    if (account.isAnswer()) {
      return account.answer().orElseThrow().buckets().contains(bucket)
          ? ours()
          : new Ownership(
              Optional.of(false),
              "It is none of the buckets of the account; it is somebody else's");
    }
    return new Ownership(
        Optional.empty(), "The server does not tell whose it is. " + account.reason());
  }

  /** Somebody else has made it, and can look into it. */
  boolean isForeign() {
    return !isOurs.orElse(true);
  }

  Verdict verdict() {
    if (isOurs.isEmpty()) {
      return Verdict.unknown(detail);
    }
    return isForeign() ? Verdict.failed(detail) : Verdict.ok();
  }

  private static Ownership ours() {
    return new Ownership(Optional.of(true), "");
  }
}
