package io.taforge.cli;

import io.taforge.bootstrap.Backends;
import io.taforge.bootstrap.StorageComponent;
import io.taforge.config.Backend;
import io.taforge.config.Settings;
import io.taforge.config.SettingsReader;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.client.ObjectStorageClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that needs the storage: opens it as the settings say, and closes it. */
@Command
abstract class StorageCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public final Integer call() throws IOException {
    Surroundings around = root().surroundings();
    Settings settings = SettingsReader.read(around.environment(), around.folder());
    settings.warnings().forEach(warning -> root().warn("taforge: " + warning));
    StorageComponent storage = Backends.open(settings, around.clock());
    ObjectStorageClient client = storage.client();
    try (ArtifactStore opened = client.store()) {
      return run(client, settings);
    }
  }

  /** Does it; returns the exit code. */
  abstract int run(ObjectStorageClient client, Settings settings) throws IOException;

  /** A folder that is not there yet is made when it is first needed; servers are left alone. */
  static void prepare(ObjectStorageClient client, Settings settings) {
    if (settings.backend() == Backend.FILESYSTEM && !Files.exists(Path.of(settings.root()))) {
      client.initializeBuckets();
    }
  }

  final Taforge root() {
    return (Taforge) spec.root().userObject();
  }

  /** Something about the arguments is wrong that their types do not tell. */
  final ParameterException wrongUsage(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
