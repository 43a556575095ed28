package io.taforge.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taforge.artifact.ByteSize;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.Buckets;
import io.taforge.storage.remote.TransferSettings;
import io.taforge.testbed.NetworkTally.Result;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What becomes of a store on a server when the network is broken in all ways, and of the SDK as it
 * comes, beside it: the same for every adapter. {@code -Dnetwork.seed} repeats a run, {@code
 * -Dnetwork.rounds}, {@code -Dnetwork.lost} and {@code -Dnetwork.flips} make it longer.
 */
@Tag("reliability")
public abstract class NetworkProofs {
  private static final Buckets BUCKETS = Buckets.defaults();
  private static final int ROUNDS = Integer.getInteger("network.rounds", 1);
  private static final int LOST = Integer.getInteger("network.lost", 20);
  private static final int FLIPS = Integer.getInteger("network.flips", 300);
  private static final long SEED =
      Long.getLong("network.seed", ThreadLocalRandom.current().nextInt(1_000_000));

  /** Whoever takes longer, with these settings, hangs; all deadlines together are shorter. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** The same for who is beside, who has no deadline at all. */
  private static final Duration LIMIT_OF_PEERS =
      Duration.ofSeconds(Integer.getInteger("network.peers.limit", 2));

  private final MemoryS3 server = MemoryS3.start();

  /** Opens a store of the adapter. */
  protected abstract ArtifactStore open(S3Target target, TransferSettings transfers);

  /** Opens the SDK as it comes. */
  protected abstract NetworkCaller peer(S3Target target);

  /** What the SDK is called. */
  protected abstract String peerName();

  @BeforeEach
  final void createBuckets() {
    Stream.of(BUCKETS.samples(), BUCKETS.bundles(), BUCKETS.debug())
        .forEach(server.buckets()::create);
  }

  @AfterEach
  final void stopServer() {
    server.close();
  }

  @Test
  public final void everyFaultEndsInADocumentedFailureOrInAVerifiedSuccess() throws Exception {
    NetworkTally ours =
        matrix(at -> store(at, hurried()), at -> store(at, patient()), LIMIT).run(ROUNDS);
    NetworkTally theirs =
        matrix(at -> peer(target(at)), at -> peer(target(at)), LIMIT_OF_PEERS)
            .run(Math.max(1, ROUNDS / 10));

    ours.examples().forEach(System.out::println);
    tell("N1", ours.line());
    tell("N1 control", "the same with the " + peerName() + " as it comes, " + theirs.line());
    keep(ours, theirs);
    assertThat(ours.examples()).filteredOn(each -> !each.startsWith("unknowable")).isEmpty();
    for (NetworkTask task : NetworkTask.values()) {
      assertThat(ours.count(task, Result.SUCCESS)).as("successes of %s", task).isPositive();
      assertThat(ours.count(task, Result.FAILURE)).as("failures of %s", task).isPositive();
    }
    assertThat(ours.strays()).as("requests to another host").isZero();
    assertThat(theirs.count(Result.WRONG)).as("silently wrong without us").isPositive();
    assertThat(theirs.count(Result.HANG)).as("hangs without us").isPositive();
  }

  @Test
  public final void aWriteWhoseAnswerIsLostSucceedsOnce() throws Exception {
    LostAnswers lost = new LostAnswers(server, BUCKETS.samples(), new Random(SEED));

    LostAnswers.Found ours = lost.run(at -> store(at, patient()), LOST, 1);
    LostAnswers.Found theirs = lost.run(at -> peer(target(at)), Math.max(5, LOST / 10), 2);

    tell("N2", ours.line());
    tell("N2 control", "the same with the " + peerName() + " as it comes, " + theirs.line());
    assertThat(ours.complaints()).isEmpty();
    assertThat(theirs.conflicts()).as("conflicts with their own writes").isPositive();
  }

  @Test
  public final void aFlippedBitIsFoundWhereverItIs() throws Exception {
    FlippedBits flipped = new FlippedBits(server, BUCKETS.samples(), SEED);
    TransferSettings settings = patient();

    FlippedBits.Found ours;
    FlippedBits.Found theirs;
    try (NetworkCaller patient = store(server.endpoint(), settings)) {
      ours = flipped.run(at -> store(at, settings), patient, FLIPS);
      theirs = flipped.run(at -> peer(target(at)), patient, Math.max(50, FLIPS / 100));
    }

    tell("N3", "on the wire, " + ours.line());
    tell("N3 control", "the same with the " + peerName() + " as it comes, " + theirs.line());
    assertThat(ours.missed()).isZero();
    assertThat(ours.found()).isPositive();
    assertThat(theirs.missed()).as("missed without us").isPositive();
  }

  private FaultMatrix matrix(
      Function<URI, NetworkCaller> opener, Function<URI, NetworkCaller> calm, Duration limit) {
    return new FaultMatrix(server, BUCKETS.samples(), opener, calm, limit, SEED);
  }

  private NetworkCaller store(URI endpoint, TransferSettings transfers) {
    return new StoreCaller(open(target(endpoint), transfers));
  }

  private static S3Target target(URI endpoint) {
    return new S3Target(endpoint, "us-east-1", "key", "secret-secret", BUCKETS);
  }

  private static TransferSettings patient() {
    return TransferSettings.defaults();
  }

  /** So that nobody has to wait long: some tenths of a second of patience, six seconds in all. */
  private static TransferSettings hurried() {
    return TransferSettings.defaults()
        .withAttempts(3, Duration.ofMillis(600))
        .within(Duration.ofSeconds(6), ByteSize.of(20_000));
  }

  private void tell(String id, String what) {
    System.out.println(
        "Reliability "
            + id
            + ": "
            + getClass().getSimpleName()
            + ": "
            + what
            + " (seed "
            + SEED
            + ")");
  }

  private void keep(NetworkTally ours, NetworkTally theirs) throws IOException {
    String report =
        "# Over a broken network (seed %d)\n\n## Ours\n\n%s\n%s\n\n## The %s as it comes\n\n%s\n%s\n"
                .formatted(
                    SEED, ours.table(), ours.line(), peerName(), theirs.table(), theirs.line())
            + "\n"
            + String.join("\n", theirs.examples())
            + "\n";
    System.out.println(ours.table());
    Files.createDirectories(Path.of("target"));
    Files.write(
        Path.of("target", "network-" + getClass().getSimpleName() + ".md"), report.getBytes(UTF_8));
  }
}
