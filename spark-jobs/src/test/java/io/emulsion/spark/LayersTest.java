package io.emulsion.spark;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

/** A package uses lower layers only. */
class LayersTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("io.emulsion");

  @Test
  void lowerLayersDoNotKnowHigherOnes() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("error")
        .definedBy("io.emulsion.error")
        .layer("nouns")
        .definedBy(
            "io.emulsion.sample", "io.emulsion.random", "io.emulsion.natives", "io.emulsion.tensor")
        .layer("duties")
        .definedBy(
            "io.emulsion.annotation",
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
        .mayOnlyBeAccessedByLayers("formats", "mix", "config", "spark", "job")
        .check(CLASSES);
  }

  @Test
  void commonNeverSeesSpark() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.emulsion.spark..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop.fs..", "scala..")
        .check(CLASSES);
  }

  @Test
  void scalaTypesStayInOnePackage() {
    noClasses()
        .that()
        .resideInAPackage("io.emulsion..")
        .and()
        .resideOutsideOfPackage("io.emulsion.spark.order")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("scala..")
        .check(CLASSES);
  }

  @Test
  void dutiesDoNotKnowEachOther() {
    noClasses()
        .that(
            resideInAnyPackage(
                "io.emulsion.annotation",
                "io.emulsion.codec",
                "io.emulsion.canvas",
                "io.emulsion.lambda"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.emulsion.pairing", "io.emulsion.blend", "io.emulsion.label", "io.emulsion.shard..")
        .check(CLASSES);
  }

  @Test
  void formatsDoNotKnowEachOther() {
    slices().matching("io.emulsion.shard.(*)..").should().notDependOnEachOther().check(CLASSES);
  }

  @Test
  void nothingIsRandomButKeys() {
    noClasses()
        .that()
        .resideInAPackage("io.emulsion..")
        .and()
        .haveSimpleNameNotStartingWith("Demo") // pictures, drawn from a fixed seed
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.Random")
        .orShould()
        .callMethod(Math.class, "random")
        .check(CLASSES);
  }
}
