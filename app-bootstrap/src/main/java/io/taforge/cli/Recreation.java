package io.taforge.cli;

import io.taforge.artifact.ArtifactKind;
import io.taforge.storage.BucketCheck;
import io.taforge.storage.BucketLoss;
import io.taforge.storage.client.ObjectStorageClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Buckets that are to be made anew, and what that would destroy. */
final class Recreation {
  private final ObjectStorageClient client;
  private final Set<String> confirmed;
  private final List<BucketLoss> losses;

  /**
   * Looks what there is, and changes nothing yet.
   *
   * @param confirmed names of the buckets whose content may be destroyed
   */
  Recreation(ObjectStorageClient client, List<ArtifactKind> kinds, Set<String> confirmed) {
    this.client = client;
    this.confirmed = confirmed;
    this.losses = kinds.stream().map(client::lossOf).toList();
  }

  /** Why none of it is done; empty if it can be. */
  List<String> refusals() {
    return losses.stream().flatMap(each -> refusal(each).stream()).toList();
  }

  /** Does it. */
  List<BucketCheck> apply() {
    List<BucketCheck> checks = new ArrayList<>();
    for (BucketLoss each : losses) {
      String confirmation = confirmed.contains(each.bucket()) ? each.bucket() : "";
      checks.addAll(client.recreateBucket(each.kind(), confirmation));
    }
    return checks;
  }

  /** What would be lost, for people. */
  String text() {
    Table table = new Table("BUCKET", "OBJECTS", "SIZE", "WOULD BE LOST, TOO");
    losses.forEach(
        each ->
            table.row(
                each.bucket(), Long.toString(each.objects()), each.size().toString(), rest(each)));
    return table.toString();
  }

  /** What would be lost, for programs. */
  List<Map<String, Object>> documents() {
    return losses.stream().map(this::document).toList();
  }

  private Map<String, Object> document(BucketLoss loss) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("bucket", loss.bucket());
    document.put("objects", loss.objects());
    document.put("bytes", loss.size().bytes());
    document.put("settings", loss.settings());
    document.put("unknown", loss.unknown());
    document.put("refused", refusal(loss).orElse(""));
    return document;
  }

  private static String rest(BucketLoss loss) {
    List<String> rest = new ArrayList<>(loss.settings());
    if (!loss.unknown().isEmpty()) {
      rest.add("unknown: " + String.join(", ", loss.unknown()));
    }
    return String.join("; ", rest);
  }

  private Optional<String> refusal(BucketLoss loss) {
    if (loss.obstacle().isPresent()) {
      return loss.obstacle().map(reason -> loss.bucket() + " cannot be recreated: " + reason);
    }
    return loss.isNothing() || confirmed.contains(loss.bucket())
        ? Optional.empty()
        : Optional.of(
            loss.bucket()
                + (loss.objects() > 0
                    ? " is not empty"
                    : " has " + String.join(", ", loss.settings()))
                + "; to destroy what is there, type --delete-everything-in "
                + loss.bucket());
  }
}
