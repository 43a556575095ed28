package io.taforge.cli;

import io.taforge.config.Settings;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.client.ObjectStorageClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** Tells what there is in one place. */
@Command
abstract class ListCommand extends StorageCommand {
  /**
   * What there is.
   *
   * @param idName what the id of the place is called in documents
   * @param id the place
   * @param name what the entries are called
   * @param entries the entries, in the order in which they are told
   */
  record Found(String idName, Object id, String name, List<StoredArtifact> entries) {}

  abstract Found found(ObjectStorageClient client);

  @Override
  final int run(ObjectStorageClient client, Settings settings) {
    Found found = found(client);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put(found.idName(), found.id().toString());
    document.put(found.name(), found.entries().stream().map(Facts::document).toList());
    Table table = new Table("STORED", "SIZE", "METADATA", "KEY");
    found
        .entries()
        .forEach(
            each ->
                table.row(
                    Facts.time(each.storedAt()),
                    Facts.size(each.size()),
                    Facts.metadata(each.metadata()),
                    each.artifact().key().value()));
    String text =
        found.entries().isEmpty()
            ? "there are no " + found.name().replace('_', ' ') + " of " + found.id() + "\n"
            : table.toString();
    root().print(new Answer(document, text));
    return ExitCode.OK;
  }
}
