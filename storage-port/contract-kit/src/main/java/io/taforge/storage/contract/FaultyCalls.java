package io.taforge.storage.contract;

import io.taforge.artifact.Artifact;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ByteRange;
import io.taforge.storage.DeleteReport;
import io.taforge.storage.FailureContext;
import io.taforge.storage.Operation;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageInterruptedException;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Makes calls, and has them meet what is planned for them. */
final class FaultyCalls {
  private final FaultPlan plan;

  FaultyCalls(FaultPlan plan) {
    this.plan = plan;
  }

  FaultPlan plan() {
    return plan;
  }

  <T> T make(FailureContext context, Supplier<T> call) {
    return make(plan.fault(context, false), context, call);
  }

  /** Opens the whole content, or a part of it. */
  ArtifactContent open(FailureContext context, boolean isWhole, Supplier<ArtifactContent> call) {
    Optional<StoreFault> fault = plan.fault(context, isWhole);
    ArtifactContent content = make(fault, context, call);
    return fault.filter(some -> some.changesContent() && content.length() > 0).isPresent()
        ? changed(content, isWhole, context, fault.get())
        : content;
  }

  /** A failure is told of each artifact, as stores do. */
  DeleteReport deleteMany(Collection<? extends Artifact> artifacts, Supplier<DeleteReport> call) {
    FailureContext context = FailureContext.of(Operation.DELETE);
    Optional<StoreFault> fault = plan.fault(context, false);
    Optional<StorageException> before = failure(fault, some -> some.before(context));
    if (before.isPresent()) {
      return failed(artifacts, before.get());
    }
    DeleteReport report = call.get();
    return failure(fault, some -> some.behind(context))
        .map(behind -> failed(artifacts, behind))
        .orElse(report);
  }

  private static <T> T make(Optional<StoreFault> fault, FailureContext context, Supplier<T> call) {
    fault.ifPresent(some -> some.before(context));
    T result = call.get();
    try {
      fault.ifPresent(some -> some.behind(context));
      return result;
    } catch (StorageException e) {
      closeLost(result);
      throw e;
    }
  }

  /** Nobody gets to see it, so nobody else can close it. */
  private static void closeLost(Object result) {
    if (result instanceof ArtifactContent content) {
      content.close();
    }
  }

  private static ArtifactContent changed(
      ArtifactContent content, boolean isWhole, FailureContext context, StoreFault fault) {
    FaultyBytes bytes = new FaultyBytes(content.stream(), content.length(), fault);
    return isWhole
        ? ArtifactContent.whole(content.artifact(), bytes, context, FaultyCalls::broken)
        : ArtifactContent.part(
            content.artifact(),
            new ByteRange.Slice(content.offset(), content.length()),
            bytes,
            context,
            FaultyCalls::broken);
  }

  private static StorageException broken(FailureContext context, IOException failure) {
    return new StorageConnectionException(
        context, "the connection broke while the content was read", failure);
  }

  private static Optional<StorageException> failure(
      Optional<StoreFault> fault, Consumer<StoreFault> happening) {
    try {
      fault.ifPresent(happening);
      return Optional.empty();
    } catch (StorageInterruptedException e) {
      throw e;
    } catch (StorageException e) {
      return Optional.of(e);
    }
  }

  private static DeleteReport failed(
      Collection<? extends Artifact> artifacts, StorageException reason) {
    Set<Artifact> each = new LinkedHashSet<>(artifacts);
    return new DeleteReport(
        List.of(), each.stream().map(one -> new DeleteReport.Failure(one, reason)).toList());
  }
}
