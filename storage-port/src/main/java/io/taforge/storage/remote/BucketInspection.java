package io.taforge.storage.remote;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.Sha256;
import io.taforge.artifact.Tags;
import io.taforge.storage.BucketCheck;
import io.taforge.storage.BucketCheck.Status;
import io.taforge.storage.Buckets;
import io.taforge.storage.Capability;
import io.taforge.storage.FailureContext;
import io.taforge.storage.LinkRequest.Method;
import io.taforge.storage.Operation;
import io.taforge.storage.SignedLink;
import io.taforge.storage.StorageAccessDeniedException;
import io.taforge.storage.StorageConflictException;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageInterruptedException;
import io.taforge.storage.StorageUnsupportedException;
import io.taforge.storage.VersionToken;
import io.taforge.storage.WriteCondition;
import io.taforge.storage.remote.ObjectServer.AccessList;
import io.taforge.storage.remote.ObjectServer.ObjectBody;
import io.taforge.storage.remote.ObjectServer.PublicAccessBlock;
import io.taforge.storage.remote.ObjectServer.Receipt;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Looks at one bucket from all sides, with objects of its own that are gone afterwards. What a
 * server cannot be asked is unknown, and never taken to be right.
 */
final class BucketInspection {
  private static final byte[] CONTENT = "taforge looks whether this can be kept".getBytes(UTF_8);
  private static final byte[] OTHER = "taforge looks whether that can be kept".getBytes(UTF_8);
  private static final Duration MOST_SKEW = Duration.ofMinutes(5);
  private static final Duration LINK_VALIDITY = Duration.ofMinutes(10);

  private final ObjectServer server;
  private final TransferSettings settings;
  private final Set<Capability> claimed;
  private final Clock clock;
  private final boolean isAmazon;
  private final ArtifactKind kind;
  private final String bucket;
  private final FailureContext context;
  private final Anybody anybody;
  private final Canary canary;
  private final ObjectName kept;
  private final ObjectName unannounced;
  private final ObjectName copied;
  private final ObjectName opened;
  private final List<BucketCheck> checks = new ArrayList<>();

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
    this.settings = settings;
    this.claimed = claimed;
    this.clock = clock;
    this.kind = kind;
    this.bucket = buckets.of(kind);
    this.context = FailureContext.of(Operation.VERIFY_BUCKET, buckets, kind);
    this.isAmazon = connection.endpoint().isEmpty();
    this.anybody = new Anybody(connection, settings.patience(), context);
    this.canary = new Canary(server, settings, context);
    this.kept = Canary.in(bucket);
    this.unannounced = Canary.in(bucket);
    this.copied = Canary.in(bucket);
    this.opened = Canary.in(bucket);
  }

  /** What was found, in the words of {@link BucketCheck}. */
  List<BucketCheck> all() {
    Outcome<Boolean> found = ask(() -> server.hasBucket(bucket, call()));
    if (found.isFailure(StorageConnectionException.class)) {
      add("reachable", Status.FAILED, found.reason());
      return checks;
    }
    add("reachable", Status.OK, "");
    Outcome<Optional<String>> account = ask(() -> server.account(call()));
    if (isThere(found, account)) {
      ownership(account);
      settings();
      try {
        content();
      } finally {
        removeAll();
      }
    }
    return checks;
  }

  /** What a request has come to: an answer, or a failure. */
  private record Outcome<T>(Optional<T> answer, Optional<StorageException> failure) {
    boolean isAnswer() {
      return answer.isPresent();
    }

    boolean isFailure(Class<? extends StorageException> kind) {
      return failure.filter(kind::isInstance).isPresent();
    }

    String reason() {
      return failure.map(each -> String.valueOf(each.getMessage())).orElse("");
    }
  }

  private static <T> Outcome<T> ask(Supplier<T> request) {
    try {
      return new Outcome<>(Optional.of(request.get()), Optional.empty());
    } catch (StorageInterruptedException e) {
      throw e;
    } catch (StorageException e) {
      return new Outcome<>(Optional.empty(), Optional.of(e));
    }
  }

  /** A bucket that we may not look at is there, too. */
  private boolean isThere(Outcome<Boolean> found, Outcome<Optional<String>> account) {
    boolean isDenied = found.isFailure(StorageAccessDeniedException.class);
    if (isDenied && !account.isAnswer()) {
      add("credentials", Status.FAILED, account.reason());
      return false;
    }
    add("credentials", Status.OK, "");
    if (isDenied) {
      add("exists", Status.OK, "");
      add("ours", Status.FAILED, found.reason() + "; perhaps it belongs to somebody else");
      return false;
    }
    boolean isThere = found.answer().orElse(false);
    String detail = found.isAnswer() ? "There is no bucket " + bucket : found.reason();
    add("exists", isThere ? Status.OK : Status.FAILED, isThere ? "" : detail);
    return isThere;
  }

  private void ownership(Outcome<Optional<String>> account) {
    Outcome<AccessList> access = ask(() -> server.accessList(bucket, call()));
    Optional<String> we = account.answer().flatMap(each -> each).filter(id -> !id.isEmpty());
    Optional<String> owner = access.answer().map(AccessList::owner).filter(id -> !id.isEmpty());
    if (we.isEmpty() || owner.isEmpty()) {
      add("ours", Status.UNKNOWN, "The server does not tell whose it is. " + access.reason());
    } else if (we.equals(owner)) {
      add("ours", Status.OK, "");
    } else {
      add("ours", Status.FAILED, "It belongs to the account " + owner.get());
    }
    told(
        "acl",
        access,
        list ->
            list.everybody().isEmpty()
                ? verdict(Status.OK, "")
                : verdict(Status.FAILED, "It lets in all of " + list.everybody()));
  }

  /** What is said of who may do what. */
  private void settings() {
    told("policy", ask(() -> server.policy(bucket, call())), BucketInspection::policy);
    told(
        "policy-status",
        ask(() -> server.policyStatus(bucket, call())),
        isPublic ->
            isPublic.orElse(false)
                ? verdict(Status.FAILED, "The server says that the bucket is public")
                : verdict(Status.OK, ""));
    told("public-access-block", ask(() -> server.publicAccessBlock(bucket, call())), this::block);
  }

  private static Verdict policy(Optional<String> text) {
    if (text.isEmpty()) {
      return verdict(Status.OK, "");
    }
    try {
      return switch (PolicyDocument.parse(text.get()).reach()) {
        case NOBODY -> verdict(Status.OK, "");
        case UNDER_CONDITIONS ->
            verdict(
                Status.UNKNOWN,
                "It lets anybody in under a condition; whether that keeps strangers out depends on"
                    + " the server");
        case ANYBODY -> verdict(Status.FAILED, "It lets anybody in");
      };
    } catch (IllegalArgumentException e) {
      return verdict(Status.UNKNOWN, "The policy cannot be read: " + e.getMessage());
    }
  }

  /** On Amazon S3 it should say all; others may mean something else by it, or not know it. */
  private Verdict block(Optional<PublicAccessBlock> block) {
    if (block.isEmpty()) {
      return verdict(Status.UNKNOWN, "There is none");
    }
    List<String> missing = block.get().missing();
    return missing.isEmpty()
        ? verdict(Status.OK, "")
        : verdict(
            isAmazon ? Status.FAILED : Status.UNKNOWN,
            "It does not say " + String.join(", ", missing));
  }

  /** What the server does with objects. */
  private void content() {
    Outcome<Receipt> stored = ask(() -> put(WriteCondition.always()));
    add("writable", stored.isAnswer() ? Status.OK : Status.FAILED, stored.reason());
    listable(stored.isAnswer());
    listAnonymously();
    if (!stored.isAnswer()) {
      for (String each :
          List.of(
              "readable",
              "anonymous-read",
              "conditional-create",
              "checksums",
              "unsigned-headers",
              "conditional-delete",
              "deletable")) {
        add(each, Status.UNKNOWN, "Nothing can be written to look at that");
      }
      return;
    }
    readable();
    told("anonymous-read", ask(() -> anybody.get(address(kept))), this::readAnonymously);
    createConditionally();
    checksums();
    unsignedHeaders();
    deleteConditionally(); // the last one, because it may do it
    Outcome<Boolean> removed = ask(() -> delete(kept));
    add("deletable", removed.isAnswer() ? Status.OK : Status.FAILED, removed.reason());
  }

  private void readable() {
    Outcome<Boolean> same = ask(() -> holds(kept, CONTENT));
    boolean isFine = same.answer().orElse(false);
    String detail = same.isAnswer() ? "Something else comes back than was stored" : same.reason();
    add("readable", isFine ? Status.OK : Status.FAILED, isFine ? "" : detail);
  }

  private void listable(boolean isStored) {
    Outcome<Boolean> listed =
        ask(
            () ->
                server.list(bucket, kept.key(), false, "", 1, call()).entries().stream()
                    .anyMatch(each -> each.key().equals(kept.key())));
    boolean isFine = listed.answer().filter(isListed -> isListed || !isStored).isPresent();
    String detail = listed.isAnswer() ? "What was just stored is not listed" : listed.reason();
    add("listable", isFine ? Status.OK : Status.FAILED, isFine ? "" : detail);
  }

  /** The same answer tells the time, whoever is asked for his name. */
  private void listAnonymously() {
    Outcome<Anybody.Answer> answer =
        ask(() -> anybody.get(URI.create(folder(kept) + "?list-type=2&max-keys=1")));
    told("clock", answer, said -> clock(said.at(), clock.instant()));
    told(
        "anonymous-list",
        answer,
        said ->
            said.isSuccess()
                ? verdict(Status.FAILED, "Anybody can list it")
                : denied(said, "a listing"));
  }

  /** How far the two are apart. */
  static Verdict clock(Optional<Instant> server, Instant here) {
    if (server.isEmpty()) {
      return verdict(Status.UNKNOWN, "The server does not tell the time");
    }
    Duration skew = Duration.between(server.get(), here);
    if (skew.abs().compareTo(MOST_SKEW) <= 0) {
      return verdict(Status.OK, "");
    }
    return verdict(
        Status.FAILED,
        "This machine's clock is "
            + skew.abs().toSeconds()
            + " seconds "
            + (skew.isNegative() ? "behind" : "ahead of")
            + " the server's");
  }

  private Verdict readAnonymously(Anybody.Answer said) {
    return said.isSuccess() && said.text().equals(new String(CONTENT, ISO_8859_1))
        ? verdict(Status.FAILED, "Anybody can read what is stored")
        : denied(said, "an object");
  }

  private static Verdict denied(Anybody.Answer said, String what) {
    return said.isDenial()
        ? verdict(Status.OK, "")
        : verdict(
            Status.UNKNOWN,
            "Status " + said.status() + " is no answer to a stranger who asks for " + what);
  }

  private void createConditionally() {
    Outcome<Receipt> again = ask(() -> put(WriteCondition.ifAbsent()));
    if (again.isFailure(StorageConflictException.class)) {
      add("conditional-create", Status.OK, "");
    } else if (again.isAnswer()) {
      add("conditional-create", Status.FAILED, "The server ignores If-None-Match");
    } else {
      add("conditional-create", unless(again), again.reason());
    }
  }

  private void checksums() {
    Map<String, String> announced =
        Map.of(
            "Content-Length",
            String.valueOf(CONTENT.length),
            LinkTerms.CONTENT_SHA256,
            Sha256.of(CONTENT).hex());
    told(
        "checksums",
        ask(() -> anybody.put(link(unannounced, announced), Map.of(), OTHER)),
        said -> {
          if (said.isSuccess()) {
            return verdict(
                Status.FAILED, "The server has taken other content than was announced to it");
          }
          return said.isRefusal()
              ? verdict(Status.OK, "")
              : verdict(Status.UNKNOWN, "The server answers with status " + said.status());
        });
  }

  private void unsignedHeaders() {
    told(
        "unsigned-headers",
        ask(() -> copiesUnsigned() || opensUnsigned()),
        isObeyed ->
            isObeyed
                ? verdict(
                    Status.UNKNOWN,
                    "upload links: the server obeys headers that nobody signed; sign them as a user"
                        + " who may only put")
                : verdict(Status.OK, ""));
  }

  private boolean copiesUnsigned() {
    Map<String, String> source =
        Map.of("x-amz-copy-source", "/" + kept.bucket() + "/" + kept.key());
    return anybody.put(link(copied, Map.of()), source, new byte[0]).isSuccess()
        && holds(copied, CONTENT);
  }

  private boolean opensUnsigned() {
    Map<String, String> list = Map.of("x-amz-acl", "public-read");
    return anybody.put(link(opened, Map.of()), list, OTHER).isSuccess()
        && anybody.get(address(opened)).isSuccess();
  }

  private void deleteConditionally() {
    VersionToken wrong = new VersionToken("\"of-another-time\"");
    Outcome<Boolean> deletion =
        ask(
            () -> {
              server.delete(kept, Optional.of(wrong), call());
              return true;
            });
    if (deletion.isFailure(StorageConflictException.class)) {
      add("conditional-delete", Status.OK, "");
    } else if (deletion.isAnswer()) {
      boolean isClaimed = claimed.contains(Capability.CONDITIONAL_DELETE);
      add(
          "conditional-delete",
          isClaimed ? Status.FAILED : Status.UNKNOWN,
          "The server ignores If-Match"
              + (isClaimed
                  ? ", although the settings say otherwise"
                  : ", so the store does without"));
    } else {
      add("conditional-delete", unless(deletion), deletion.reason());
    }
  }

  private static Status unless(Outcome<?> outcome) {
    return outcome.isFailure(StorageUnsupportedException.class) ? Status.UNKNOWN : Status.FAILED;
  }

  private Receipt put(WriteCondition condition) {
    return canary.put(kept, CONTENT, Tags.none(), condition);
  }

  private boolean holds(ObjectName name, byte[] content) {
    Optional<ObjectBody> body = server.get(name, Optional.empty(), Optional.empty(), call());
    if (body.isEmpty()) {
      return false;
    }
    try (InputStream bytes = body.get().bytes()) {
      return Arrays.equals(bytes.readNBytes(content.length + 1), content);
    } catch (IOException e) {
      throw new StorageConnectionException(context, "the connection broke", e);
    }
  }

  private SignedLink link(ObjectName name, Map<String, String> headers) {
    return server.sign(name, new LinkTerms(Method.PUT, LINK_VALIDITY, Map.of(), headers), call());
  }

  /** Where anybody would look for an object: where links lead, and without their signature. */
  private URI address(ObjectName name) {
    LinkTerms terms = new LinkTerms(Method.GET, LINK_VALIDITY, Map.of(), Map.of());
    String link = server.sign(name, terms, call()).uri().toString();
    return URI.create(link.substring(0, link.indexOf('?')));
  }

  private String folder(ObjectName name) {
    String address = address(name).toString();
    return address.substring(0, address.length() - name.key().length());
  }

  private boolean delete(ObjectName name) {
    server.delete(name, Optional.empty(), call());
    return true;
  }

  /** Also when the thread has been told to stop meanwhile, or what we looked at has failed. */
  private void removeAll() {
    boolean isInterrupted = Thread.interrupted();
    try {
      for (ObjectName each : List.of(kept, unannounced, copied, opened)) {
        ask(() -> delete(each));
      }
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * What was found.
   *
   * @param status how it is
   * @param detail why
   */
  record Verdict(Status status, String detail) {}

  private static Verdict verdict(Status status, String detail) {
    return new Verdict(status, detail);
  }

  /** What the answer says; without one it is unknown. */
  private <T> void told(String aspect, Outcome<T> outcome, Function<T, Verdict> reading) {
    Verdict verdict =
        outcome.answer().map(reading).orElseGet(() -> verdict(Status.UNKNOWN, outcome.reason()));
    add(aspect, verdict.status(), verdict.detail());
  }

  private void add(String aspect, Status status, String detail) {
    checks.add(new BucketCheck(kind, bucket, aspect, status, detail.strip()));
  }

  private Call call() {
    return settings.call(context);
  }
}
