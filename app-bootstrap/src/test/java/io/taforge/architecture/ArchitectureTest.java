package io.taforge.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows of docs/architecture.md, as rules. */
class ArchitectureTest {
  private static final String DOMAIN = "io.taforge.artifact..";
  private static final String PORT = "io.taforge.storage";
  private static final String CLIENT = "io.taforge.storage.client..";
  private static final String REMOTE = "io.taforge.storage.remote..";
  private static final String MEMORY = "io.taforge.storage.memory..";
  private static final String FILESYSTEM = "io.taforge.adapter.filesystem..";
  private static final String S3 = "io.taforge.adapter.s3..";
  private static final String MINIO = "io.taforge.adapter.minio..";
  private static final String LINK = "io.taforge.storage.link..";
  private static final String LINK_SERVER = "io.taforge.links..";
  private static final String POLICY = "io.taforge.storage.policy..";
  private static final String BUNDLE = "io.taforge.storage.bundle..";
  private static final String AUDIT = "io.taforge.storage.audit..";
  private static final String AUDIT_LOG = "io.taforge.audit..";
  private static final String BOOTSTRAP = "io.taforge.bootstrap..";
  private static final String CONFIG = "io.taforge.config..";
  private static final String CLI = "io.taforge.cli..";
  private static final String KIT = "io.taforge.storage.contract..";
  private static final String TESTBED = "io.taforge.testbed..";
  private static final String JSPECIFY = "org.jspecify..";

  private static final Map<String, List<String>> SDKS =
      Map.of(
          FILESYSTEM, List.of("org.apache.commons.vfs2.."),
          S3, List.of("software.amazon.."),
          MINIO, List.of("io.minio..", "okhttp3.."));

  /** All but what is there for tests. */
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("/s3-testbed"))
          .importPackages("io.taforge");

  @Test
  void eachPackageOfARuleHasClasses() {
    for (String each :
        List.of(
            DOMAIN,
            PORT,
            CLIENT,
            LINK,
            POLICY,
            BUNDLE,
            AUDIT,
            AUDIT_LOG,
            LINK_SERVER,
            REMOTE,
            MEMORY,
            FILESYSTEM,
            S3,
            MINIO,
            BOOTSTRAP,
            CONFIG,
            CLI,
            KIT)) {
      long found =
          HOUSE.stream()
              .filter(resideInAPackage(each))
              .filter(type -> !type.getSimpleName().equals("package-info"))
              .count();
      assertThat(found).as("classes in %s", each).isPositive();
    }
  }

  @Test
  void nothingThatShipsKnowsTheTestbed() {
    noClasses().should().dependOnClassesThat(resideInAPackage(TESTBED)).check(HOUSE);
    assertThat(new ClassFileImporter().importPackages(TESTBED.replace("..", ""))).isNotEmpty();
  }

  @Test
  void everyPackageHasAPlaceInTheRules() {
    assertThat(HOUSE.stream().map(JavaClass::getPackageName).distinct())
        .allMatch(
            name ->
                Stream.of(
                        DOMAIN,
                        PORT,
                        CLIENT,
                        LINK,
                        POLICY,
                        BUNDLE,
                        AUDIT,
                        AUDIT_LOG,
                        LINK_SERVER,
                        REMOTE,
                        MEMORY,
                        FILESYSTEM,
                        S3,
                        MINIO,
                        BOOTSTRAP,
                        CONFIG,
                        CLI,
                        KIT)
                    .map(each -> each.replace("..", ""))
                    .anyMatch(each -> name.equals(each) || name.startsWith(each + ".")));
  }

  @Test
  void theDomainKnowsOnlyItself() {
    onlyDependOn(DOMAIN, DOMAIN, "java..", JSPECIFY);
  }

  @Test
  void theDomainAsksNeitherTheClockNorTheDiskNorTheNetwork() {
    noClasses()
        .that()
        .resideInAPackage(DOMAIN)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.nio.file..", "java.net..", "java.sql..")
                .or(DescribedPredicate.describe("ask the disk", ArchitectureTest::isDisk)))
        .orShould()
        .callMethodWhere(
            DescribedPredicate.describe(
                "asks the clock",
                call ->
                    call.getName().equals("now")
                        || call.getName().equals("currentTimeMillis")
                        || call.getName().equals("nanoTime")))
        .check(HOUSE);
  }

  @Test
  void thePortKnowsTheDomainAndNothingElse() {
    onlyDependOn(PORT, PORT, DOMAIN, "java..", JSPECIFY);
  }

  @Test
  void whatIsAroundThePortKnowsIt() {
    onlyDependOn(
        REMOTE,
        REMOTE,
        POLICY,
        PORT,
        DOMAIN,
        "java..",
        "javax.crypto..",
        "javax.net.ssl..",
        "javax.xml..", // of the JDK, as are the two that it hands out
        "org.w3c.dom..",
        "org.xml.sax..",
        JSPECIFY);
    onlyDependOn(POLICY, POLICY, PORT, DOMAIN, "java..", JSPECIFY);
    onlyDependOn(CLIENT, CLIENT, PORT, AUDIT, DOMAIN, "java..", JSPECIFY);
    onlyDependOn(BUNDLE, BUNDLE, CLIENT, PORT, DOMAIN, "java..", JSPECIFY);
    onlyDependOn(AUDIT, AUDIT, PORT, DOMAIN, "java..", JSPECIFY);
    onlyDependOn(
        AUDIT_LOG,
        AUDIT_LOG,
        AUDIT,
        PORT,
        DOMAIN,
        "java..",
        JSPECIFY,
        "com.fasterxml.jackson.core..");
    onlyDependOn(MEMORY, MEMORY, PORT, LINK, DOMAIN, "java..", JSPECIFY);
    onlyDependOn(LINK, LINK, PORT, DOMAIN, "java..", "javax.crypto..", JSPECIFY);
  }

  @Test
  void theLinkServerKnowsTheClientAndNoAdapter() {
    onlyDependOn(
        LINK_SERVER,
        LINK_SERVER,
        CLIENT,
        LINK,
        PORT,
        DOMAIN,
        "java..",
        "org.eclipse.jetty..",
        JSPECIFY);
  }

  @Test
  void theSettingsKnowThePortAndNoAdapter() {
    onlyDependOn(
        CONFIG, CONFIG, PORT, REMOTE, BUNDLE, DOMAIN, "java..", JSPECIFY, "io.github.cdimascio..");
  }

  @Test
  void onlyTheBootstrapKnowsTheAdapters() {
    noClasses()
        .that()
        .resideInAnyPackage(CLI, CONFIG)
        .should()
        .dependOnClassesThat(resideInAPackage("io.taforge.adapter.."))
        .check(HOUSE);
  }

  @Test
  void theKitKnowsNoAdapter() {
    onlyDependOn(
        KIT,
        KIT,
        "io.taforge.storage..",
        DOMAIN,
        "java..",
        JSPECIFY,
        "org.junit..",
        "org.assertj..",
        "org.opentest4j..",
        "org.apiguardian..");
  }

  @Test
  void adaptersAreStrangersToEachOtherAndToTheApplication() {
    for (String adapter : SDKS.keySet()) {
      noClasses()
          .that()
          .resideInAPackage(adapter)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("io.taforge.adapter..", BOOTSTRAP, CONFIG, CLI, CLIENT, MEMORY)
                  .and(DescribedPredicate.not(resideInAPackage(adapter))))
          .check(HOUSE);
    }
  }

  @Test
  void eachSdkIsInOneAdapterAndInItsDaggerModule() {
    SDKS.forEach(
        (adapter, packages) ->
            noClasses()
                .that(
                    DescribedPredicate.not(resideInAPackage(adapter))
                        .and(DescribedPredicate.not(isModuleOf(adapter))))
                .should()
                .dependOnClassesThat(resideInAnyPackage(packages.toArray(String[]::new)))
                .check(HOUSE));
  }

  @Test
  void sdkTypesAreInNoPublicMethodButThoseThatOpenAStore() {
    String[] packages = SDKS.values().stream().flatMap(List::stream).toArray(String[]::new);
    methods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .arePublic()
        .and(
            DescribedPredicate.describe(
                "do not open a store",
                (JavaMethod method) ->
                    !(method.getModifiers().contains(JavaModifier.STATIC)
                        && method
                            .getRawReturnType()
                            .isAssignableTo("io.taforge.storage.ArtifactStore"))))
        .should(
            new ArchCondition<>("name no type of an SDK") {
              @Override
              public void check(JavaMethod method, ConditionEvents events) {
                Stream.concat(
                        Stream.of(method.getRawReturnType()),
                        method.getRawParameterTypes().stream())
                    .filter(resideInAnyPackage(packages))
                    .forEach(
                        type ->
                            events.add(
                                SimpleConditionEvent.violated(
                                    method, method.getFullName() + " names " + type.getName())));
              }
            })
        .check(HOUSE);
  }

  @Test
  void anAdapterShowsItsStoreAndItsSettings() {
    classes()
        .that()
        .resideInAPackage("io.taforge.adapter..")
        .and()
        .arePublic()
        .and()
        .areTopLevelClasses()
        .should()
        .haveNameMatching(".*(ArtifactStore|Settings)")
        .check(HOUSE);
  }

  @Test
  void frameworksStayInTheirRooms() {
    onlyIn(BOOTSTRAP, "dagger..", "jakarta.inject..", "javax.inject..");
    onlyIn(CLI, "picocli..", "me.tongfei..", "com.fasterxml.jackson.databind..");
    onlyIn(LINK_SERVER, "org.eclipse.jetty..");
    onlyIn(CONFIG, "io.github.cdimascio..");
    onlyIn(KIT, "org.junit..", "org.assertj..");
  }

  @Test
  void nobodyLogsAndOnlyTheCommandPrints() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "org.slf4j..", "java.util.logging..", "org.apache.commons.logging.."))
        .check(HOUSE);
    noClasses()
        .that(DescribedPredicate.not(resideInAnyPackage(CLI, KIT)))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .check(HOUSE);
  }

  @Test
  void nobodyHoldsAMonitorAroundInputOrOutput() {
    methods()
        .that()
        .areDeclaredInClassesThat(
            DescribedPredicate.not(
                resideInAPackage(KIT))) // its streams override those of the JDK, which are
        .should()
        .notHaveModifier(JavaModifier.SYNCHRONIZED)
        .check(HOUSE);
  }

  @Test
  void thereAreNoCycles() {
    slices().matching("io.taforge.(**)").should().beFreeOfCycles().check(HOUSE);
  }

  @Test
  void noPackageIsInTwoModules() {
    Map<String, Set<String>> homes =
        HOUSE.stream()
            .collect(
                Collectors.groupingBy(
                    JavaClass::getPackageName,
                    Collectors.mapping(
                        ArchitectureTest::home, Collectors.toCollection(TreeSet::new))));
    assertThat(homes).isNotEmpty().allSatisfy((name, modules) -> assertThat(modules).hasSize(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Util", "Utils", "Helper", "Manager", "Impl"})
  void nothingIsNamedAfterNothing(String suffix) {
    noClasses()
        .that()
        .haveNameNotMatching("io\\.taforge\\.bootstrap\\.Dagger.*") // generated
        .should()
        .haveSimpleNameEndingWith(suffix)
        .check(HOUSE);
  }

  @Test
  void everyPackageIsNullMarked() {
    assertThat(HOUSE.stream().map(JavaClass::getPackage).distinct())
        .allMatch(each -> each.isAnnotatedWith("org.jspecify.annotations.NullMarked"));
  }

  private static void onlyDependOn(String inside, String... allowed) {
    classes()
        .that()
        .resideInAPackage(inside)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(allowed)
                .or(DescribedPredicate.describe("primitives", JavaClass::isPrimitive))
                .or(DescribedPredicate.describe("arrays", JavaClass::isArray)))
        .check(HOUSE);
  }

  private static void onlyIn(String room, String... packages) {
    noClasses()
        .that(DescribedPredicate.not(resideInAPackage(room)))
        .should()
        .dependOnClassesThat(resideInAnyPackage(packages))
        .check(HOUSE);
    assertThat(
            HOUSE.stream()
                .filter(resideInAPackage(room))
                .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
                .map(dependency -> dependency.getTargetClass())
                .filter(resideInAnyPackage(packages)))
        .as("uses of %s in %s", List.of(packages), room)
        .isNotEmpty();
  }

  private static DescribedPredicate<JavaClass> isModuleOf(String adapter) {
    String name = adapter.replaceAll("io\\.taforge\\.adapter\\.|\\.\\.", "");
    return DescribedPredicate.describe(
        "are the Dagger module of " + name,
        type ->
            resideInAPackage(BOOTSTRAP).test(type)
                && type.getSimpleName().toLowerCase(Locale.ROOT).startsWith(name));
  }

  private static boolean isDisk(JavaClass type) {
    return type.getPackageName().equals("java.io")
        && type.getSimpleName().startsWith("File")
        && !type.getSimpleName().equals("FilterInputStream");
  }

  /** The folder or jar that a class comes from. */
  private static String home(JavaClass type) {
    String uri = type.getSource().map(source -> source.getUri().toString()).orElseThrow();
    String path = "/" + type.getName().replace('.', '/');
    return uri.substring(0, uri.indexOf(path));
  }
}
