package io.taforge.bootstrap;

import dagger.BindsInstance;
import dagger.Component;
import io.taforge.config.Settings;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The client on Amazon S3 or a server like it, through the AWS SDK. */
@Singleton
@Component(modules = {S3Module.class, ClientModule.class})
interface S3Component extends StorageComponent {
  /** Takes what is not made here. */
  @Component.Factory
  interface Factory {
    S3Component create(@BindsInstance Settings settings, @BindsInstance Clock clock);
  }
}
