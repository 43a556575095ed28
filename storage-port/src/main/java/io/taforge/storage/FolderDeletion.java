package io.taforge.storage;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.KeyPrefix;
import java.util.ArrayList;
import java.util.List;

/** Deletes what a folder holds, a page at a time. */
final class FolderDeletion {
  private FolderDeletion() {}

  static DeleteReport in(ArtifactStore store, KeyPrefix folder) {
    List<Artifact> removed = new ArrayList<>();
    List<DeleteReport.Failure> failures = new ArrayList<>();
    ListQuery query = ListQuery.of(folder);
    while (query != null) {
      Page<ArtifactSummary> page = store.list(query);
      DeleteReport report =
          store.deleteMany(page.entries().stream().map(ArtifactSummary::artifact).toList());
      removed.addAll(report.removed());
      failures.addAll(report.failures());
      query = page.next().orElse(null);
    }
    return new DeleteReport(removed, failures);
  }
}
