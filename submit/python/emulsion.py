"""Mixup as a stage of MLlib, from PySpark.

    spark-submit --jars spark-jobs/target/emulsion.jar --py-files submit/python/emulsion.py job.py

    from emulsion import Mixup
    mixed = Mixup({"image.size": 224, "mix.views": 4}).transform(frame)
    mixed.write.format("emulsion").mode("append").save("mixed")

The params are named as the options of the mix command are; README.md, "As a stage of MLlib", says
what goes in and comes out.
"""

import sys

from pyspark.ml.param import Param, TypeConverters
from pyspark.ml.util import JavaMLReadable, JavaMLReader, JavaMLWritable
from pyspark.ml.wrapper import JavaTransformer

__all__ = ["Mixup"]

_JAVA_PACKAGE = "io.emulsion.spark.ml"
_JAVA_CLASS = _JAVA_PACKAGE + ".Mixup"


def _text(value):
    """The text that a configuration has for a value: true, 0.4, [224, 224]."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_text, value))}]"
    return str(value)


class Mixup(JavaTransformer, JavaMLReadable, JavaMLWritable):
    """Mixes a data frame of labelled images: id (string), image (JPEG or PNG bytes), label (class index).

    Params go by their names, of which many have a dot: ``Mixup({"mix.views": 4}, labelCol="class")``,
    ``mixup.setParam("mix.seed", 7)``, ``mixup.getOrDefault("mix.views")``. Their values are kept as text.
    """

    def __init__(self, params=None, **columns):
        super().__init__()
        self._java_obj = self._new_java_obj(_JAVA_CLASS, self.uid)
        self._take_params()
        for name, value in {**(params or {}), **columns}.items():
            self.setParam(name, value)

    def _take_params(self):
        """The params are those of the Java stage, with its defaults."""
        for java_param in self._java_obj.params():
            name = java_param.name()
            param = Param(self, name, java_param.doc(), typeConverter=TypeConverters.toString)
            setattr(self, name, param)
            self._setDefault(**{name: self._java_obj.getOrDefault(java_param)})

    def setParam(self, name, value):
        """Sets a param by its name; the Java stage refuses what it does not know."""
        text = _text(value)
        self._java_obj.setParam(name, text)
        return self._set(**{name: text})

    def setIdCol(self, value):
        return self.setParam("idCol", value)

    def setImageCol(self, value):
        return self.setParam("imageCol", value)

    def setLabelCol(self, value):
        return self.setParam("labelCol", value)

    @classmethod
    def read(cls):
        return _MixupReader(cls)

    @staticmethod
    def _from_java(java_stage):
        stage = Mixup()
        stage._java_obj = java_stage
        stage._resetUid(java_stage.uid())
        stage._transfer_params_from_java()
        return stage


class _MixupReader(JavaMLReader):
    @classmethod
    def _java_loader_class(cls, clazz):
        return _JAVA_CLASS


# A pipeline that is loaded looks for its stages' Python classes under their Java names.
sys.modules.setdefault(_JAVA_PACKAGE, sys.modules[__name__])
