"""Trains MLlib's logistic regression on the pixels of small photos, with and without mixup, in Spark alone.

    spark-submit --master 'local[*]' --driver-memory 2g --jars spark-jobs/target/emulsion.jar \
        --py-files submit/python/emulsion.py examples/mllib_mixup.py PHOTOS

PHOTOS has a folder of images for each class. Each image is held out once, in one of five folds; what is
printed is the share of all images whose class was found while they were held out. MLlib takes no soft
labels: a mixed image is given to it twice, as class label_a with weight lambda and as label_b with the rest.
"""

import math
import sys

import numpy
from emulsion import Mixup
from pyspark.ml.classification import LogisticRegression
from pyspark.ml.feature import StringIndexer
from pyspark.ml.linalg import Vectors, VectorUDT
from pyspark.sql import SparkSession
from pyspark.sql.functions import array, col, concat_ws, element_at, explode, expr, lit, split, struct, udf

FOLDS = 5
VIEWS = 4
# Raw pixels, so that nothing has to decode what Mixup made.
PREPARED = {"image.size": 16, "output.encoding": "raw"}


@udf(VectorUDT())
def features(image):
    return Vectors.dense(numpy.frombuffer(image, numpy.uint8) / 255.0)


def read(spark, folder):
    """Id, image, class index and fold of each photo."""
    files = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(folder)
    parts = split(col("path"), "/")
    photos = files.select(
        concat_ws("/", element_at(parts, -2), element_at(parts, -1)).alias("id"),
        col("content").alias("image"),
        element_at(parts, -2).alias("class"),
    )
    indexer = StringIndexer(inputCol="class", outputCol="label", stringOrderType="alphabetAsc")
    indexed = indexer.fit(photos).transform(photos)
    return indexed.withColumn("fold", expr(f"pmod(xxhash64(id), {FOLDS})")).cache()


def unmixed(photos):
    """Each photo once, prepared as the mixed ones are."""
    made = Mixup({**PREPARED, "mix.probability": 0}).transform(photos).where("bad IS NULL")
    return made.select(features("image").alias("features"), col("label_a").alias("label"), lit(1.0).alias("weight"))


def mixed(photos, fold):
    """Each photo in some views, for both of its classes."""
    made = Mixup({**PREPARED, "mix.views": VIEWS, "mix.seed": fold}).transform(photos).where("bad IS NULL")
    classes = array(
        struct(col("label_a").alias("label"), col("lambda").alias("weight")),
        struct(col("label_b").alias("label"), (1 - col("lambda")).alias("weight")),
    )
    rows = made.select(features("image").alias("features"), explode(classes).alias("class"))
    return rows.select("features", "class.label", "class.weight").where("weight > 0")


def found(training, held_out):
    """How many of the held-out images get their class."""
    training = training.cache()
    regression = LogisticRegression(weightCol="weight", maxIter=50, regParam=0.01, family="multinomial")
    right = regression.fit(training).transform(held_out).where("prediction = label").count()
    training.unpersist()
    return right


def main(folder):
    spark = SparkSession.builder.appName("mixup and MLlib").config("spark.sql.shuffle.partitions", "4").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    photos = read(spark, folder)
    images = photos.count()
    right = {"without mixup": 0, "with mixup": 0}
    for fold in range(FOLDS):
        training = photos.where(col("fold") != fold)
        held_out = unmixed(photos.where(col("fold") == fold)).cache()
        right["without mixup"] += found(unmixed(training), held_out)
        right["with mixup"] += found(mixed(training, fold), held_out)
        held_out.unpersist()
    for name, count in right.items():
        share = count / images
        error = math.sqrt(share * (1 - share) / images)
        print(f"accuracy {name}: {share:.3f} (standard error {error:.3f}, {images} images held out in {FOLDS} folds)")
    spark.stop()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: mllib_mixup.py PHOTOS, a folder with a folder of images for each class")
    main(sys.argv[1])
