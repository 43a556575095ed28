package io.taforge.cli;

import io.taforge.artifact.BundleVersion;
import io.taforge.artifact.ContentType;
import io.taforge.artifact.FileName;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.RevisionId;
import io.taforge.artifact.ValidationRunId;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Makes values of the domain from arguments; what the domain says of a bad one is the failure. */
final class Values {
  private Values() {}

  static CommandLine registeredWith(CommandLine command) {
    return command
        .registerConverter(RequestId.class, reading(RequestId::parse))
        .registerConverter(RevisionId.class, reading(RevisionId::parse))
        .registerConverter(ValidationRunId.class, reading(ValidationRunId::parse))
        .registerConverter(BundleVersion.class, reading(BundleVersion::parse))
        .registerConverter(FileName.class, reading(FileName::of))
        .registerConverter(ContentType.class, reading(ContentType::of));
  }

  private static <T> ITypeConverter<T> reading(Function<String, T> parser) {
    return text -> {
      try {
        return parser.apply(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    };
  }
}
