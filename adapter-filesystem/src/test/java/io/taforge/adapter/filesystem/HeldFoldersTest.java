package io.taforge.adapter.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldFoldersTest {
  private static final List<String> PATH = List.of("a", "b", "c");

  @TempDir Path temporary;
  private Path root;
  private HeldFolders folders;

  @BeforeEach
  void make() throws IOException {
    assumeTrue(SecureFolder.isSupported(), "Folders cannot be held open here");
    root = Files.createDirectory(temporary.resolve("root"));
    write("a/b/c/file", "old");
    folders = new HeldFolders(root);
    assertThat(names(PATH)).containsExactly("file");
  }

  @AfterEach
  void close() {
    if (folders != null) {
      folders.close();
    }
  }

  @Test
  void aFolderThatIsAnotherOneNowIsOpenedAnew() throws IOException {
    for (String moved : List.of("a/b/c", "a/b", "a", "")) {
      Files.move(root.resolve(moved), temporary.resolve("moved-" + moved.length()));
      write("a/b/c/new-" + moved.length(), "new");

      assertThat(names(PATH)).containsExactly("new-" + moved.length());
    }
  }

  @Test
  void aFolderThatHasGoneIsGone() throws IOException {
    Files.delete(root.resolve("a/b/c/file"));
    Files.delete(root.resolve("a/b/c"));

    assertThatThrownBy(() -> folders.open(PATH)).isInstanceOf(NoSuchFileException.class);
    assertThat(names(List.of("a", "b"))).isEmpty();
    Files.move(root, temporary.resolve("moved"));
    assertThatThrownBy(() -> folders.open(List.of("a"))).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aLinkInPlaceOfAFolderIsRefusedEvenIfItLeadsThere() throws IOException {
    Files.move(root.resolve("a/b"), temporary.resolve("outside"));
    Files.createSymbolicLink(root.resolve("a/b"), temporary.resolve("outside"));

    assertThatThrownBy(() -> folders.open(PATH)).isInstanceOf(NotDirectoryException.class);
  }

  @Test
  void aFolderStaysOpenUntilWhoeverOpenedItClosesIt() throws IOException {
    try (SecureFolder open = folders.open(PATH)) {
      folders.close();
      assertThat(open.facts("file")).isPresent();
      assertThat(names(PATH)).containsExactly("file");
    }
    assertThat(descriptors()).isEmpty();
  }

  @Test
  void notMoreThanSomeAreHeld() throws IOException {
    for (int i = 0; i < 100; i++) {
      write("many/" + i + "/file", "one");
      assertThat(names(List.of("many", Integer.toString(i)))).containsExactly("file");
    }

    assertThat(descriptors()).hasSizeLessThanOrEqualTo(2 * 24);
    folders.close();
    assertThat(descriptors()).isEmpty();
  }

  private List<String> names(List<String> path) throws IOException {
    List<String> names = new ArrayList<>();
    try (SecureFolder folder = folders.open(path)) {
      folder.forEachName(names::add);
    }
    return names;
  }

  private void write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** What of the root this process has open, where the system tells it. */
  private List<Path> descriptors() throws IOException {
    Path self = Path.of("/proc/self/fd");
    if (!Files.isDirectory(self)) {
      return List.of();
    }
    List<Path> open = new ArrayList<>();
    try (Stream<Path> all = Files.list(self)) {
      for (Path descriptor : all.toList()) {
        try {
          Path target = Files.readSymbolicLink(descriptor);
          if (target.startsWith(root)) {
            open.add(target);
          }
        } catch (NoSuchFileException e) {
          // it was that of the listing
        }
      }
    }
    return open;
  }
}
