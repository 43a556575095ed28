package io.taforge.cli;

import io.taforge.config.Backend;
import io.taforge.config.Settings;
import io.taforge.links.LinkServer;
import io.taforge.storage.client.ObjectStorageClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Serves the signed links of a folder until it is interrupted. */
@Command(
    name = "serve",
    description = {
      "Serves the signed links of the folder on this machine, until Ctrl-C.",
      "Links that any process makes for the same folder work here."
    },
    footer = {
      "",
      "Example: taforge serve --port 9000 &",
      "         curl \"$(taforge samples url KEY)\""
    })
final class ServeCommand extends StorageCommand {
  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The port; 0 is any that is free. Without it: 8474.")
  private int port = LinkServer.DEFAULT_PORT;

  @Option(
      names = "--address",
      paramLabel = "IP",
      description = {
        "The address to listen at; without it loopback, which only this machine reaches.",
        "Any other needs STORAGE_LINK_ENDPOINT, which says where strangers find it."
      })
  private InetAddress address = InetAddress.getLoopbackAddress();

  @Override
  int run(ObjectStorageClient client, Settings settings) throws IOException {
    if (settings.backend() != Backend.FILESYSTEM) {
      throw wrongUsage(
          "links of the backend '" + settings.backend() + "' are served by the server itself");
    }
    if (port < 0 || port > 65535) {
      throw wrongUsage("'" + port + "' is not a port: 0 to 65535 are allowed");
    }
    prepare(client, settings);
    try (LinkServer server = start(client)) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("root", settings.shownRoot());
      document.put("endpoint", server.endpoint().toString());
      document.put("port", server.port());
      root()
          .print(
              new Answer(
                  document,
                  "serving the links of %s at %s until Ctrl-C%n"
                      .formatted(settings.shownRoot(), server.endpoint())));
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // as it is meant to end
    }
    return ExitCode.OK;
  }

  private LinkServer start(ObjectStorageClient client) {
    try {
      return LinkServer.start(client, new InetSocketAddress(address, port));
    } catch (IllegalArgumentException e) {
      throw wrongUsage(String.valueOf(e.getMessage()));
    }
  }
}
