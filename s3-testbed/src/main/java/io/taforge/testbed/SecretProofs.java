package io.taforge.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.FileName;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.Sha256;
import io.taforge.artifact.retention.RetentionPolicy;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.Buckets;
import io.taforge.storage.ContentSource;
import io.taforge.storage.LinkRequest;
import io.taforge.storage.ListQuery;
import io.taforge.storage.PutOptions;
import io.taforge.storage.SignedLink;
import io.taforge.storage.StorageException;
import io.taforge.storage.VersionToken;
import io.taforge.storage.WriteCondition;
import io.taforge.storage.contract.SecretScan;
import io.taforge.storage.remote.Endpoint;
import io.taforge.storage.remote.ServerConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * That whatever goes wrong on the way to a server, nothing that an adapter says tells the secret it
 * signs with, or a link it has signed: the same for every adapter.
 */
public abstract class SecretProofs {
  private final S3TestServer server = S3ProxyServer.running();
  private final String id = UUID.randomUUID().toString();
  private final Buckets buckets = new Buckets("samples-" + id, "bundles-" + id, "debug-" + id);
  private final LogSample sample = new LogSample(RequestId.random(), FileName.of("a.log"));
  private final SecretScan scan =
      SecretScan.of(Map.of("the secret key", server.owner().secret(), "another", other()));
  private int failures;

  /** Opens a store that tries once. */
  protected abstract ArtifactStore open(S3Target target, ServerConnection connection);

  /** The settings it is opened with. */
  protected abstract Object settings(S3Target target);

  private static String other() {
    return "kanarienvogel-kanarienvogel-kanarienvogel";
  }

  @Test
  public final void noFailureTellsASecret() throws Exception {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream listening = new PrintStream(printed, true, StandardCharsets.UTF_8);
    Heard heard = new Heard();
    Logger root = Logger.getLogger("");
    Level usual = root.getLevel();
    root.addHandler(heard);
    root.setLevel(Level.ALL);
    System.setOut(listening);
    System.setErr(listening);
    try {
      tryEverything();
    } finally {
      System.setOut(out);
      System.setErr(err);
      root.setLevel(usual);
      root.removeHandler(heard);
    }
    scan.look("what was printed", printed.toString(StandardCharsets.UTF_8));
    scan.look("what was logged", heard.messages.toString());
    System.out.printf(
        "Reliability Z1: %s: %d failures of all kinds, %d texts of theirs, of logs and settings: %d"
            + " tell a secret%n",
        getClass().getSimpleName(), failures, scan.looks(), scan.hits().size());
    assertThat(scan.hits()).isEmpty();
    assertThat(failures).isGreaterThan(100);
  }

  private void tryEverything() throws Exception {
    scan.look("the settings", settings(target(server.owner().secret())).toString());
    scan.look("the target", target(server.owner().secret()).connection().toString());
    try (FaultProxy proxy = FaultProxy.to(server.endpoint());
        ClosedPort nobody = new ClosedPort()) {
      URI way = proxy.endpoint();
      try (ArtifactStore store = open(target(server.owner().secret()), to(way))) {
        scan.look("the store", store.toString());
        store.createBuckets();
        store.put(sample, ContentSource.of(new byte[1000]), PutOptions.defaults());
        knowLinksOf(store);
        for (Map.Entry<String, Fault> fault : faults().entrySet()) {
          proxy.injectAlways(fault.getValue());
          tryAll(fault.getKey(), store);
          proxy.heal();
        }
        tryAll("nothing is wrong", store);
      } finally {
        new BucketCleaner(server).remove(buckets.samples());
        new BucketCleaner(server).remove(buckets.bundles());
        new BucketCleaner(server).remove(buckets.debug());
      }
      openAndTry("wrong key", target(other()), to(way));
      openAndTry("nobody there", target(server.owner().secret()), to(nobody.endpoint()));
      URI tls = URI.create(server.endpoint().toString().replace("http:", "https:"));
      openAndTry("no TLS", target(server.owner().secret()), to(tls));
      openAndTry("no buckets", target(server.owner().secret()), to(way));
      ArtifactStore closed = open(target(server.owner().secret()), to(way));
      closed.close();
      tryAll("closed", closed);
    }
  }

  private void openAndTry(String what, S3Target target, ServerConnection connection) {
    try (ArtifactStore store = open(target, connection)) {
      tryAll(what, store);
    }
  }

  /** A link is a secret: whoever has its query can use it. */
  private void knowLinksOf(ArtifactStore store) {
    for (LinkRequest request :
        List.of(
            LinkRequest.download(sample),
            LinkRequest.upload(sample).ofContent(Sha256.of(new byte[3]), 3))) {
      SignedLink link = store.linkSigner().orElseThrow().sign(request);
      scan.look("a link", link.toString());
      String query = link.uri().getRawQuery();
      scan.know("the signature of a link", query.replaceFirst(".*X-Amz-Signature=([^&]*).*", "$1"));
    }
  }

  private static Map<String, Fault> faults() {
    Map<String, Fault> faults = new LinkedHashMap<>();
    faults.put("signature", Fault.refusal(403, "SignatureDoesNotMatch"));
    faults.put("denied", Fault.refusal(403, "AccessDenied"));
    faults.put("no bucket", Fault.refusal(404, "NoSuchBucket"));
    faults.put("conflict", Fault.refusal(409, "OperationAborted"));
    faults.put("changed", Fault.refusal(412, "PreconditionFailed"));
    faults.put("malformed", Fault.refusal(400, "MalformedXML"));
    faults.put("throttled", Fault.slowDown());
    faults.put("broken", Fault.refusal(500, "InternalError"));
    faults.put("strange words", Fault.refusal(418, "Two\nlines\r\nor three"));
    faults.put("login page", Fault.loginPage());
    faults.put("empty answer", Fault.success());
    faults.put("hang-up", Fault.hangUp());
    faults.put("cut", Fault.cutAfter(10));
    faults.put("flipped bit", Fault.flippedBitAt(10));
    return faults;
  }

  private void tryAll(String what, ArtifactStore store) {
    Map<String, Runnable> calls = new LinkedHashMap<>();
    ContentSource source = ContentSource.of(new byte[1000]);
    calls.put("put", () -> store.put(sample, source, PutOptions.defaults()));
    calls.put(
        "create",
        () -> store.put(sample, source, PutOptions.defaults().on(WriteCondition.ifAbsent())));
    calls.put("get", () -> read(store));
    calls.put("find", () -> store.find(sample));
    calls.put("list", () -> store.list(ListQuery.of(KeyPrefix.all(ArtifactKind.LOG_SAMPLE))));
    calls.put("delete", () -> store.deleteUnchanged(sample, new VersionToken("none")));
    calls.put("delete many", () -> store.deleteMany(List.of(sample)));
    calls.put("create buckets", store::createBuckets);
    calls.put("verify buckets", () -> scan.look("verify", store.verifyBuckets().toString()));
    calls.put("lease", () -> store.acquireLease("jo", Duration.ofMinutes(1)).close());
    calls.put("sign", () -> store.linkSigner().orElseThrow().sign(LinkRequest.download(sample)));
    calls.put(
        "native retention",
        () ->
            store
                .nativeRetention()
                .ifPresent(each -> each.compare(RetentionPolicy.keepEverything())));
    calls.forEach(
        (call, run) -> {
          try {
            run.run();
          } catch (StorageException | IllegalArgumentException e) {
            failures++;
            scan.look(call + ", " + what, e);
            assertThat(e.getMessage())
                .as("a line of a log")
                .doesNotContainPattern("\\R|\\p{Cntrl}");
            if (e instanceof StorageException failure) {
              scan.look(call + ", " + what + ", context", failure.context().toString());
            }
          }
        });
  }

  private void read(ArtifactStore store) {
    try (ArtifactContent content = store.get(sample)) {
      content.stream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private S3Target target(String secret) {
    return new S3Target(server.endpoint(), server.region(), server.owner().id(), secret, buckets);
  }

  private static ServerConnection to(URI endpoint) {
    return ServerConnection.to(new Endpoint(endpoint)).withConnections(10, Duration.ofSeconds(2));
  }

  /** Keeps what anybody logs. */
  private static final class Heard extends Handler {
    private final Queue<String> messages = new ConcurrentLinkedQueue<>();

    @Override
    public void publish(LogRecord entry) {
      messages.add(String.valueOf(entry.getMessage()));
    }

    @Override
    public void flush() {
      // nothing is kept back
    }

    @Override
    public void close() {
      // nothing is open
    }
  }
}
