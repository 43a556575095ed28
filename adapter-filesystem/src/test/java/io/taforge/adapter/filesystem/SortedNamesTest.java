package io.taforge.adapter.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.taforge.artifact.ArtifactKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SortedNamesTest {
  @Test
  void namesComeInOrderThroughAnyWindow(@TempDir Path folder) throws IOException {
    Random random = new Random(5);
    List<String> names =
        IntStream.range(0, 500).mapToObj(i -> Integer.toString(random.nextInt(), 36)).toList();
    for (String name : names) {
      Files.writeString(folder.resolve(name), "");
    }
    List<String> expected =
        names.stream()
            .map(name -> name + "/")
            .distinct()
            .filter(name -> !name.startsWith("a"))
            .sorted(ArtifactKey.UTF_8_ORDER)
            .toList();

    for (int window : new int[] {1, 7, 499, 500, 10_000}) {
      SortedNames sorted =
          new SortedNames(
              new LocalRoot(folder), List.of(), "/", name -> !name.startsWith("a"), window);
      assertThat(all(sorted)).isEqualTo(expected);
    }
  }

  @Test
  void aMissingFolderHasNoNames(@TempDir Path folder) throws IOException {
    assertThat(all(new SortedNames(new LocalRoot(folder), List.of("x"), "", name -> true, 10)))
        .isEmpty();
  }

  private static List<String> all(SortedNames sorted) throws IOException {
    List<String> all = new ArrayList<>();
    for (Optional<String> name = sorted.next(); name.isPresent(); name = sorted.next()) {
      all.add(name.get());
    }
    return all;
  }
}
