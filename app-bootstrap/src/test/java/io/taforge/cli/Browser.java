package io.taforge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A headless Chromium with one tab and a profile of its own, told what to do over the DevTools
 * protocol. {@code -Dbrowser=PATH} says where its program is; without it a test that asks for it
 * does not run, or fails if {@code -Dcontract.required=true}.
 */
final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern ADDRESS = Pattern.compile("DevTools listening on (ws://\\S+)");

  private final ObjectMapper json = new ObjectMapper();
  private final List<JsonNode> heard = new ArrayList<>();
  private final Path profile;
  private final Process process;
  private final WebSocket socket;
  private final String tab;
  private int commands;

  private Browser(Path profile, Process process, URI address) throws Exception {
    this.profile = profile;
    this.process = process;
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(address, new Listener())
            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    String target =
        ask("", "Target.createTarget", Map.of("url", "about:blank")).get("targetId").asText();
    tab =
        ask("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .get("sessionId")
            .asText();
    ask(tab, "Page.enable", Map.of());
    ask(tab, "Page.setLifecycleEventsEnabled", Map.of("enabled", true));
  }

  /** Starts it; it ends when it is closed. */
  static Browser start() throws Exception {
    Path program = program();
    Path profile = Files.createTempDirectory("browser");
    ProcessBuilder builder =
        new ProcessBuilder(
            program.toString(),
            "--headless",
            "--no-sandbox", // which root cannot have
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-breakpad",
            "--disable-background-networking",
            "--disable-component-update",
            "--no-first-run",
            "--window-size=800,400",
            "--remote-debugging-port=0",
            "--user-data-dir=" + profile);
    builder.environment().put("HOME", profile.toString());
    builder.environment().put("TMPDIR", profile.toString());
    builder.environment().put("LC_ALL", "C.UTF-8"); // or it cannot write names beyond ASCII
    Path log = profile.resolve("log");
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      return new Browser(profile, process, address(process, log));
    } catch (Throwable e) {
      end(process, profile);
      throw e;
    }
  }

  private static Path program() {
    String program = System.getProperty("browser");
    if (program == null) {
      String reason = "No browser is known here: name a Chromium with -Dbrowser=PATH";
      if (Boolean.getBoolean("contract.required")) {
        throw new AssertionError(reason);
      }
      Assumptions.abort(reason);
    }
    return Path.of(program);
  }

  private static URI address(Process process, Path log) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (process.isAlive() && System.nanoTime() < end) {
      Matcher matcher = ADDRESS.matcher(Files.readString(log));
      if (matcher.find()) {
        return URI.create(matcher.group(1));
      }
      Thread.sleep(20);
    }
    throw new AssertionError("The browser did not start: " + Files.readString(log));
  }

  /** From now on it saves in this folder whatever it downloads, without asking. */
  void saveIn(Path folder) throws Exception {
    ask(
        "",
        "Browser.setDownloadBehavior",
        Map.of("behavior", "allow", "downloadPath", folder.toString(), "eventsEnabled", true));
  }

  /** Goes to an address and waits until the page there is loaded, with all that is in it. */
  void show(URI address) throws Exception {
    String loader = goTo(address).path("loaderId").asText();
    await(
        "loaded " + address,
        message ->
            isEvent(message, "Page.lifecycleEvent")
                && message.at("/params/name").asText().equals("load")
                && message.at("/params/loaderId").asText().equals(loader));
  }

  /** Goes to an address, where there may be no page. */
  JsonNode goTo(URI address) throws Exception {
    return ask(tab, "Page.navigate", Map.of("url", address.toString()));
  }

  /** Waits until a download has ended, which must be well. */
  void awaitDownload() throws Exception {
    JsonNode ended =
        await(
            "downloaded anything",
            message ->
                isEvent(message, "Browser.downloadProgress")
                    && !message.at("/params/state").asText().equals("inProgress"));
    if (!ended.at("/params/state").asText().equals("completed")) {
      throw new AssertionError("The download has not completed: " + ended);
    }
  }

  /** The title of the page that is shown, as its scripts see it. */
  String title() throws Exception {
    return ask(tab, "Runtime.evaluate", Map.of("expression", "document.title"))
        .at("/result/value")
        .asText();
  }

  /** The addresses of the page that is shown and of the frames in it that show anything. */
  List<String> shown() throws Exception {
    JsonNode tree = ask(tab, "Page.getFrameTree", Map.of()).get("frameTree");
    return tree.findValues("frame").stream()
        .map(frame -> frame.get("url").asText())
        .filter(url -> !url.isEmpty())
        .toList();
  }

  /** Writes what is seen, as PNG. */
  void photograph(Path file) throws Exception {
    String picture =
        ask(tab, "Page.captureScreenshot", Map.of("format", "png")).get("data").asText();
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode(picture));
  }

  private JsonNode ask(String session, String method, Map<String, ?> params) throws Exception {
    int id = ++commands;
    ObjectNode command = json.createObjectNode().put("id", id).put("method", method);
    command.set("params", json.valueToTree(params));
    if (!session.isEmpty()) {
      command.put("sessionId", session);
    }
    socket.sendText(command.toString(), true).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    JsonNode answer = await("answered " + method, message -> message.path("id").asInt() == id);
    if (!answer.has("result")) {
      throw new AssertionError("The browser refuses " + command + ": " + answer);
    }
    return answer.get("result");
  }

  /** Takes the first message that is wanted, once it is there. */
  private JsonNode await(String what, Predicate<JsonNode> wanted) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    synchronized (heard) {
      while (process.isAlive() && System.nanoTime() < end) {
        for (Iterator<JsonNode> messages = heard.iterator(); messages.hasNext(); ) {
          JsonNode message = messages.next();
          if (wanted.test(message)) {
            messages.remove();
            return message;
          }
        }
        heard.wait(1000);
      }
      throw new AssertionError("The browser has not " + what + "; it said " + heard);
    }
  }

  private static boolean isEvent(JsonNode message, String method) {
    return message.path("method").asText().equals(method);
  }

  @Override
  public void close() throws Exception {
    socket.abort();
    end(process, profile);
  }

  private static void end(Process process, Path profile) throws Exception {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        remove(profile);
        return;
      } catch (IOException | UncheckedIOException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        Thread.sleep(50); // a child that is about to die may still have written something
      }
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Puts messages together and keeps them. */
  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
      text.append(part);
      if (isLast) {
        keep(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedStage(null);
    }

    private void keep(String message) {
      try {
        JsonNode read = json.readTree(message);
        synchronized (heard) {
          heard.add(read);
          heard.notifyAll();
        }
      } catch (IOException e) {
        throw new AssertionError("The browser said what is no JSON: " + message, e);
      }
    }
  }
}
