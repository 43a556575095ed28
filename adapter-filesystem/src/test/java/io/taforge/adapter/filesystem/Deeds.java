package io.taforge.adapter.filesystem;

import static io.taforge.adapter.filesystem.FaultWorld.ABSENT;
import static io.taforge.adapter.filesystem.FaultWorld.NEW;
import static io.taforge.adapter.filesystem.FaultWorld.OLD;
import static io.taforge.adapter.filesystem.FaultWorld.content;
import static io.taforge.adapter.filesystem.FaultWorld.sample;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.Metadata;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactSummary;
import io.taforge.storage.BucketCheck;
import io.taforge.storage.ByteRange;
import io.taforge.storage.ContentSource;
import io.taforge.storage.DeleteReport;
import io.taforge.storage.FailureContext;
import io.taforge.storage.Lease;
import io.taforge.storage.Leftover;
import io.taforge.storage.LinkRequest;
import io.taforge.storage.ListQuery;
import io.taforge.storage.Operation;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageBucketException;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageNotFoundException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.WriteCondition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every public operation of a store on a folder. */
final class Deeds {
  private static final KeyPrefix SAMPLES = KeyPrefix.all(ArtifactKind.LOG_SAMPLE);
  private static final ListQuery QUERY = ListQuery.of(SAMPLES);
  private static final Duration HOUR = Duration.ofHours(1);

  private Deeds() {}

  static List<Deed> all() {
    return Stream.of(writing(), reading(), deleting(), leasing(), keepingHouse())
        .flatMap(Collection::stream)
        .toList();
  }

  private static List<Deed> writing() {
    return List.of(
        Deed.changing("put new", NEW, Map.of("c", NEW), w -> put(w, "c", WriteCondition.always())),
        Deed.changing("put over", NEW, Map.of("a", NEW), w -> put(w, "a", WriteCondition.always())),
        Deed.changing(
            "put if absent", NEW, Map.of("c", NEW), w -> put(w, "c", WriteCondition.ifAbsent())),
        Deed.changing(
            "put if unchanged",
            NEW,
            Map.of("a", NEW),
            w -> put(w, "a", WriteCondition.ifUnchanged(found(w).version()))),
        Deed.changing("put a stream", NEW, Map.of("c", NEW), Deeds::putStream),
        Deed.changing("put first", NEW, Map.of("a", NEW), w -> put(w, "a", WriteCondition.always()))
            .after(
                world -> {
                  for (String bucket : List.of("log-samples", "ta-artifacts", "debug-bundles")) {
                    Files.createDirectories(world.root().resolve(bucket));
                  }
                }),
        Deed.changing(
            "replace metadata",
            NEW,
            Map.of("a", OLD + " with metadata " + NEW),
            w -> {
              StoredArtifact found = found(w);
              Metadata fresh = Metadata.of("version", NEW);
              return w.store()
                  .replaceMetadata(sample("a"), fresh, found.version())
                  .metadata()
                  .value("version")
                  .orElse("");
            }));
  }

  private static List<Deed> reading() {
    return List.of(
        Deed.looking("get", OLD, Deeds::get),
        Deed.looking("get a range", "true", Deeds::range),
        Deed.looking("find", OLD, w -> version(found(w))),
        Deed.looking("find nothing", "false", w -> "" + w.store().find(sample("c")).isPresent()),
        Deed.looking("tags", "{}", w -> w.store().tags(sample("a")).entries().toString()),
        Deed.looking("list", "a.log b.log", w -> names(w.store().list(QUERY).entries().stream())),
        Deed.looking("scan", "a.log b.log", w -> names(w.store().scan(SAMPLES))),
        Deed.looking(
            "list detailed",
            "old old",
            w -> versions(w.store().listDetailed(QUERY).entries().stream())),
        Deed.looking("scan detailed", "old old", w -> versions(w.store().scanDetailed(SAMPLES))),
        Deed.looking("list folders", "1", w -> "" + w.store().listFolders(QUERY).entries().size()),
        Deed.looking("loss", "2", w -> "" + w.store().lossOf(ArtifactKind.LOG_SAMPLE).objects()),
        Deed.looking(
                "leftovers",
                "[FILE, RECORD]",
                w ->
                    w.store()
                        .leftovers(ArtifactKind.LOG_SAMPLE)
                        .map(Leftover::type)
                        .toList()
                        .toString())
            .after(Deeds::fillWithLeftovers));
  }

  private static List<Deed> deleting() {
    return List.of(
        Deed.changing(
            "delete", "DELETED", Map.of("a", ABSENT), w -> "" + w.store().delete(sample("a"))),
        Deed.changing(
                "delete the last of a folder",
                "DELETED",
                Map.of("c", ABSENT),
                w -> "" + w.store().delete(sample("c")))
            .after(world -> world.fill("c")),
        Deed.changing(
            "delete unchanged",
            "DELETED",
            Map.of("a", ABSENT),
            w -> "" + w.store().deleteUnchanged(sample("a"), found(w).version())),
        Deed.changing(
            "delete many",
            "2",
            Map.of("a", ABSENT, "b", ABSENT),
            w -> removed(w.store().deleteMany(List.of(sample("a"), sample("b"))))),
        Deed.changing(
                "delete a folder",
                "2",
                Map.of("a", ABSENT, "b", ABSENT),
                w -> removed(w.store().deleteFolder(KeyPrefix.samplesOf(sample("a").request()))))
            .after(world -> world.fill("a", "b", "c")),
        Deed.changing(
            "delete everything",
            "2",
            Map.of("a", ABSENT, "b", ABSENT),
            w -> removed(w.store().deleteEverything(ArtifactKind.LOG_SAMPLE))),
        Deed.changing("delete leftovers", "DELETED DELETED", Map.of(), Deeds::deleteLeftovers)
            .after(Deeds::fillWithLeftovers)
            .notDurable());
  }

  private static List<Deed> leasing() {
    return List.of(
        Deed.looking("acquire a lease", "held", Deeds::acquire),
        Deed.looking(
                "renew a lease",
                "held",
                w -> {
                  ((Lease) w.lastKept()).renew();
                  return "held";
                })
            .after(Deeds::fillWithLease),
        Deed.looking(
                "give a lease back",
                "closed",
                w -> {
                  w.lastKept().close();
                  return "closed";
                })
            .after(Deeds::fillWithLease),
        Deed.looking(
            "sign the first link",
            "true",
            w -> "" + sign(w).contains(sample("a").request().toString())),
        Deed.looking(
                "sign a link", "true", w -> "" + sign(w).contains(sample("a").request().toString()))
            .after(
                world -> {
                  world.fill("a", "b");
                  sign(world);
                }));
  }

  private static List<Deed> keepingHouse() {
    return List.of(
        Deed.changing(
                "create buckets",
                "CREATED",
                Map.of("a", ABSENT, "b", ABSENT, "c", ABSENT),
                w -> statuses(w.store().createBuckets()))
            .after(world -> Files.createDirectories(world.root())),
        Deed.looking("create buckets again", "OK", w -> statuses(w.store().createBuckets()))
            .after(Deeds::fillWithLeftovers),
        Deed.looking("verify buckets", "OK", w -> statuses(w.store().verifyBuckets())),
        Deed.changing(
                "recreate a bucket",
                "CREATED",
                Map.of("a", ABSENT, "b", ABSENT),
                w -> statuses(w.store().recreateBucket(ArtifactKind.LOG_SAMPLE, "log-samples")))
            .with(FaultWorld.NO_BUCKET),
        Deed.looking(
            "close",
            "closed",
            w -> {
              w.store().close();
              return "closed";
            }));
  }

  private static String put(FaultWorld world, String name, WriteCondition condition) {
    return world.put(name, NEW, PutOptions.defaults().on(condition));
  }

  private static StoredArtifact found(FaultWorld world) {
    return world
        .store()
        .find(sample("a"))
        .orElseThrow(
            () -> new StorageNotFoundException(FailureContext.of(Operation.FIND), "it is gone"));
  }

  private static String putStream(FaultWorld world) {
    world
        .store()
        .put(
            sample("c"),
            ContentSource.of(new ByteArrayInputStream(content("c", NEW))),
            PutOptions.defaults().withMetadata(Metadata.of("version", NEW)));
    return NEW;
  }

  private static String get(FaultWorld world) throws IOException {
    try (ArtifactContent content = world.store().get(sample("a"))) {
      return FaultWorld.version("a", content.stream().readAllBytes());
    }
  }

  private static String range(FaultWorld world) throws IOException {
    byte[] whole = content("a", OLD);
    try (ArtifactContent part =
        world.store().get(sample("a"), new ByteRange.Slice(1000, whole.length - 2000L))) {
      byte[] expected = Arrays.copyOfRange(whole, 1000, whole.length - 1000);
      return "" + Arrays.equals(part.stream().readAllBytes(), expected);
    }
  }

  private static String names(Stream<ArtifactSummary> found) {
    return found.map(each -> each.artifact().fileName().value()).collect(Collectors.joining(" "));
  }

  private static String versions(Stream<StoredArtifact> found) {
    return found.map(Deeds::version).collect(Collectors.joining(" "));
  }

  private static String version(StoredArtifact found) {
    return found.metadata().value("version").orElse("none");
  }

  /** Failures that a report has are failures as well as those that are thrown. */
  private static String removed(DeleteReport report) {
    if (!report.isComplete()) {
      throw report.failures().get(0).reason();
    }
    return "" + report.removed().size();
  }

  /** What checks all say; one that reports a failure has not gone unnoticed. */
  private static String statuses(List<BucketCheck> checks) {
    if (checks.stream().anyMatch(each -> each.status() == BucketCheck.Status.FAILED)) {
      throw new StorageBucketException(
          FailureContext.of(Operation.VERIFY_BUCKET), "it is reported as failed");
    }
    return checks.stream()
        .map(each -> each.status().toString())
        .distinct()
        .collect(Collectors.joining(" "));
  }

  private static String acquire(FaultWorld world) {
    world.keep(world.store().acquireLease("somebody", HOUR));
    return "held";
  }

  private static void fillWithLease(FaultWorld world) {
    world.fill("a", "b");
    acquire(world);
  }

  private static String sign(FaultWorld world) {
    return world
        .store()
        .linkSigner()
        .orElseThrow()
        .sign(LinkRequest.download(sample("a")))
        .uri()
        .toString();
  }

  /** As a process leaves them that has died: a file that was not moved, and a record of nothing. */
  private static void fillWithLeftovers(FaultWorld world) throws IOException {
    world.fill("a", "b");
    Path work = world.root().resolve(".taforge/work/9223372036854775807-dead");
    Files.createDirectories(work);
    Files.createFile(work.resolve("alive"));
    Files.write(work.resolve("samples-x.part"), new byte[1000]);
    Path record = world.root().resolve(".taforge/records/log-samples/" + sample("c").key());
    Files.createDirectories(record.getParent());
    Files.write(record, new byte[100]);
  }

  private static String deleteLeftovers(FaultWorld world) {
    StringBuilder outcomes = new StringBuilder();
    StorageException failure = null;
    for (Leftover leftover : world.store().leftovers(ArtifactKind.LOG_SAMPLE).toList()) {
      try {
        outcomes.append(' ').append(world.store().deleteLeftover(leftover));
      } catch (StorageException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
    return outcomes.toString().strip();
  }
}
