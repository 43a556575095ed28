package io.taforge.cli;

import static io.taforge.artifact.Quoted.line;

import io.taforge.artifact.InvalidKeyException;
import io.taforge.artifact.InvalidMetadataException;
import io.taforge.config.SettingsException;
import io.taforge.storage.StorageBucketException;
import io.taforge.storage.StorageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The one place that knows what a failure means for whoever has typed the command. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private final Taforge root;
  private final PrintWriter err;

  Failures(Taforge root, PrintWriter err) {
    this.root = root;
    this.err = err;
  }

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    return wrongUsage(failure.getCommandLine(), failure);
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult arguments) {
    if (failure instanceof ParameterException
        || failure instanceof InvalidKeyException
        || failure instanceof InvalidMetadataException) {
      return wrongUsage(command, failure);
    }
    tell(sentence(failure), failure);
    return failure instanceof SettingsException ? ExitCode.USAGE : ExitCode.SOFTWARE;
  }

  private int wrongUsage(CommandLine command, Exception failure) {
    String name = command.getCommandSpec().qualifiedName();
    tell(message(failure) + " (see " + name + " --help)", failure);
    return ExitCode.USAGE;
  }

  private void tell(String sentence, Exception failure) {
    err.println("taforge: " + line(sentence));
    if (root.isVerbose()) {
      failure.printStackTrace(err);
    }
    err.flush();
  }

  private static String sentence(Exception failure) {
    if (failure instanceof StorageBucketException bucket && !isOfInit(bucket)) {
      return message(failure) + " (taforge init creates what is missing)";
    }
    if (failure instanceof StorageException || !(failure instanceof IOException)) {
      return message(failure);
    }
    if (failure instanceof NoSuchFileException missing) {
      return missing.getFile() + " cannot be found";
    }
    if (failure instanceof AccessDeniedException denied) {
      return denied.getFile() + " cannot be opened: access is denied";
    }
    if (failure instanceof FileAlreadyExistsException existing) {
      return existing.getFile() + " is there already";
    }
    if (failure instanceof FileSystemException other && other.getReason() != null) {
      return other.getFile() + ": " + other.getReason();
    }
    return message(failure);
  }

  /** What init cannot do, it cannot be recommended for. */
  private static boolean isOfInit(StorageBucketException failure) {
    return switch (failure.context().operation()) {
      case CREATE_BUCKET, RECREATE_BUCKET -> true;
      default -> false;
    };
  }

  private static String message(Exception failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
