package io.emulsion.spark;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** A package uses lower layers only. */
@AnalyzeClasses(packages = "io.emulsion", importOptions = DoNotIncludeTests.class)
final class LayersTest {
  @ArchTest
  static final ArchRule layers =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("error")
          .definedBy("io.emulsion.error")
          .layer("nouns")
          .definedBy("io.emulsion.sample", "io.emulsion.random")
          .layer("duties")
          .definedBy(
              "io.emulsion.codec",
              "io.emulsion.canvas",
              "io.emulsion.lambda",
              "io.emulsion.pairing",
              "io.emulsion.blend",
              "io.emulsion.label",
              "io.emulsion.shard")
          .layer("formats")
          .definedBy("io.emulsion.shard.*..")
          .layer("mix")
          .definedBy("io.emulsion.mix")
          .layer("config")
          .definedBy("io.emulsion.config")
          .layer("spark")
          .definedBy(
              "io.emulsion.spark.store",
              "io.emulsion.spark.source",
              "io.emulsion.spark.order",
              "io.emulsion.spark.mix",
              "io.emulsion.spark.sink",
              "io.emulsion.spark.serial",
              "io.emulsion.spark.verify")
          .layer("job")
          .definedBy("io.emulsion.spark.job")
          .whereLayer("job")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("spark")
          .mayOnlyBeAccessedByLayers("job")
          .whereLayer("config")
          .mayOnlyBeAccessedByLayers("spark", "job")
          .whereLayer("mix")
          .mayOnlyBeAccessedByLayers("config", "spark", "job")
          .whereLayer("formats")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("duties")
          .mayOnlyBeAccessedByLayers("formats", "mix", "config", "spark", "job");

  @ArchTest
  static final ArchRule commonNeverSeesSpark =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.emulsion.spark..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop.fs..", "scala..");

  @ArchTest
  static final ArchRule scalaTypesStayInOnePackage =
      noClasses()
          .that()
          .resideInAPackage("io.emulsion..")
          .and()
          .resideOutsideOfPackage("io.emulsion.spark.order")
          .and()
          .doNotHaveSimpleName(
              "Sessions") // Spark tells of a running session by a Scala Option alone
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("scala..");

  @ArchTest
  static final ArchRule dutiesDoNotKnowEachOther =
      noClasses()
          .that(resideInAnyPackage("io.emulsion.codec", "io.emulsion.canvas", "io.emulsion.lambda"))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.emulsion.pairing",
              "io.emulsion.blend",
              "io.emulsion.label",
              "io.emulsion.shard..");

  @ArchTest
  static final ArchRule formatsDoNotKnowEachOther =
      slices().matching("io.emulsion.shard.(*)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule nothingIsRandomButKeys =
      noClasses()
          .that()
          .resideInAPackage("io.emulsion..")
          .and()
          .haveNameNotMatching(".*\\.Demo[A-Z].*")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.Random")
          .orShould()
          .callMethod(Math.class, "random");
}
