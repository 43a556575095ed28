package io.taforge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.taforge.config.Backend;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a real browser makes of links: it saves what they name, and runs nothing of it. What it has
 * shown meanwhile is kept in {@code target/browser}.
 */
class LinksInABrowserTest extends CommandTest {
  /**
   * Without what Chromium does not keep on any site, so that a name can neither hide nor deceive:
   * it puts {@code _} for invisible characters of formatting (Unicode's category Cf, among them
   * what joins emojis) and for white space or {@code ~} at either end, and drops dots at the front.
   */
  private static final String AWKWARD =
      "100% Übung 'a' ’b‘ “c” „d“ «e» & f; g=h, #+~ %41 (1) 日本語 😀.log";

  private static final Path PICTURES = Path.of("target", "browser");

  /** Long enough for a script to call, which takes it a few milliseconds. */
  private static final int A_WHILE = 1000;

  @ParameterizedTest
  @EnumSource(Backend.class)
  void savesWhatALinkNamesUnderItsName(Backend backend) throws Exception {
    try (Browser browser = Browser.start();
        AutoCloseable served = serving(backend)) {
      Path saved = savedBy(browser);
      input = new byte[1_000_000];
      new Random(1).nextBytes(input);
      String key = uploaded("samples", "upload", "-", "--name", AWKWARD);

      browser.goTo(link(key));
      browser.awaitDownload();

      assertThat(filesIn(saved)).containsOnlyKeys(AWKWARD);
      assertThat(filesIn(saved).get(AWKWARD)).hasBinaryContent(input);
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void savesAPageAndRunsNothingOfIt(Backend backend) throws Exception {
    try (Browser browser = Browser.start();
        PlainServer server = new PlainServer();
        AutoCloseable served = serving(backend)) {
      Path saved = savedBy(browser);
      Path sample = file("x.html", pageThatCalls(server));
      String key = uploaded("samples", "upload", "x.html", "--content-type", "text/html");
      URI before = server.page("/before", "<title>before</title><h1>Before the link</h1>");
      browser.show(before);

      browser.goTo(link(key));
      browser.awaitDownload();
      Thread.sleep(A_WHILE);
      browser.photograph(PICTURES.resolve(backend + ".png"));

      assertThat(server.ran()).isEmpty();
      assertThat(browser.title()).isEqualTo("before");
      assertThat(browser.shown()).containsExactly(before.toString());
      assertThat(filesIn(saved)).containsOnlyKeys("x.html");
      assertThat(saved.resolve("x.html")).hasSameBinaryContentAs(sample);
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void savesAPageThatIsEmbeddedAndRunsNothingOfIt(Backend backend) throws Exception {
    try (Browser browser = Browser.start();
        PlainServer server = new PlainServer();
        AutoCloseable served = serving(backend)) {
      Path saved = savedBy(browser);
      Path sample = file("x.html", pageThatCalls(server));
      String key = uploaded("samples", "upload", "x.html", "--content-type", "text/html");
      URI around =
          server.page(
              "/around",
              pageAround(
                  link(key, "--save-as", "iframe.html"),
                  link(key, "--save-as", "object.html"),
                  link(key, "--save-as", "embed.html")));

      browser.show(around);
      for (int download = 0; download < 3; download++) {
        browser.awaitDownload();
      }
      Thread.sleep(A_WHILE);
      browser.photograph(PICTURES.resolve(backend + "-embedded.png"));

      assertThat(server.ran()).isEmpty();
      assertThat(browser.title()).isEqualTo("around");
      assertThat(browser.shown()).containsExactly(around.toString());
      assertThat(filesIn(saved)).containsOnlyKeys("iframe.html", "object.html", "embed.html");
      assertThat(filesIn(saved).values())
          .allSatisfy(file -> assertThat(file).hasSameBinaryContentAs(sample));
    }
  }

  /** The control: the same page, from a server that does not mind, is noticed by the same means. */
  @Test
  void theSamePageRunsWhereItIsShown() throws Exception {
    try (Browser browser = Browser.start();
        PlainServer server = new PlainServer()) {
      String page = server.page("/x.html", pageThatCalls(server)).toString();

      browser.show(URI.create(page));
      server.awaitRun("/ran/image", "/ran/script");
      browser.photograph(PICTURES.resolve("control.png"));
      assertThat(browser.title()).isEqualTo("ran");
      assertThat(browser.shown()).containsExactly(page);

      URI around =
          server.page(
              "/around",
              pageAround(
                  URI.create(page + "?iframe"),
                  URI.create(page + "?object"),
                  URI.create(page + "?embed")));
      browser.show(around);
      server.awaitRun("/ran/script?iframe", "/ran/script?object", "/ran/script?embed");
      browser.photograph(PICTURES.resolve("control-embedded.png"));
      assertThat(browser.shown())
          .containsExactlyInAnyOrder(
              around.toString(), page + "?iframe", page + "?object", page + "?embed");
    }
  }

  /** Makes a store that can be reached by its links until this is closed. */
  private AutoCloseable serving(Backend backend) throws Exception {
    environment.putAll(settings(backend));
    assertThat(taforge("init").code()).isZero();
    return backend == Backend.FILESYSTEM ? new Serving("serve", "--port", "0") : () -> {};
  }

  private URI link(String key, String... options) {
    String[] command =
        Stream.concat(Stream.of("samples", "url", key), Stream.of(options)).toArray(String[]::new);
    Ended ended = taforge(command);
    assertThat(ended.code()).as(ended.err()).isZero();
    return URI.create(ended.out().strip());
  }

  private Path savedBy(Browser browser) throws Exception {
    Path saved = Files.createDirectory(folder.resolve("saved"));
    browser.saveIn(saved);
    return saved;
  }

  /** The files of a folder by their names. */
  private static SortedMap<String, Path> filesIn(Path folder) throws Exception {
    SortedMap<String, Path> byName = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(
          // the URI holds the name as it is on disk, and a Path what the locale of the JVM makes of
          // it
          file -> byName.put(file.toUri().getPath().replaceFirst(".*/", ""), file));
    }
    return byName;
  }

  private static String pageThatCalls(PlainServer server) {
    return """
        <title>ran</title>
        <h1>This page is shown</h1>
        <img src="%s">
        <script>fetch("%s" + location.search)</script>
        """
        .formatted(server.at("/ran/image"), server.at("/ran/script"));
  }

  private static String pageAround(URI iframe, URI object, URI embed) {
    return """
        <title>around</title>
        <p>An iframe, an object and an embed:</p>
        <iframe src="%s" height="100"></iframe>
        <object data="%s" type="text/html" height="100"></object>
        <embed src="%s" type="text/html" height="100">
        """
        .formatted(iframe, object, embed);
  }
}
