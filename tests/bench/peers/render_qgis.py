"""The seeded town drawn by QGIS from the GeoPackage, its layers in parallel (QgsMapRendererParallelJob).

    render_qgis.py LOOK.json OUT.png"""
import json
import os
import sys

os.environ["QT_QPA_PLATFORM"] = "offscreen"
from qgis.core import (QgsApplication, QgsCategorizedSymbolRenderer, QgsCoordinateReferenceSystem, QgsFillSymbol,
                       QgsLineSymbol, QgsMapRendererParallelJob, QgsMapSettings, QgsMarkerSymbol, QgsPalLayerSettings,
                       QgsRectangle, QgsRendererCategory, QgsSimpleLineSymbolLayer, QgsSingleSymbolRenderer,
                       QgsTextFormat, QgsUnitTypes, QgsVectorLayer, QgsVectorLayerSimpleLabeling)
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QColor, QFont

PIXELS = QgsUnitTypes.RenderPixels

with open(sys.argv[1], encoding="utf-8") as source:
    look = json.load(source)


def line(color, width, level):
    layer = QgsSimpleLineSymbolLayer(QColor(color), width)
    layer.setWidthUnit(PIXELS)
    layer.setPenCapStyle(Qt.RoundCap)
    layer.setPenJoinStyle(Qt.RoundJoin)
    layer.setRenderingPass(level)
    return layer


def road(row):
    symbol = QgsLineSymbol()
    symbol.changeSymbolLayer(0, line(look["casing"], row["outer"], 0))
    symbol.appendSymbolLayer(line(row["color"], row["inner"], 1))
    return symbol


def area(color):
    return QgsFillSymbol.createSimple({"color": color, "outline_style": "no"})


def read(name, renderer):
    layer = QgsVectorLayer(f"{look['gpkg']}|layername={name}", name, "ogr")
    layer.setRenderer(renderer)
    return layer


def labels():
    text = QgsTextFormat()
    text.setFont(QFont("Noto Sans CJK SC"))
    text.setSize(look["text_size"])
    text.setSizeUnit(PIXELS)
    text.setColor(QColor(look["text"]))
    text.buffer().setEnabled(True)
    text.buffer().setSize(look["halo"])
    text.buffer().setSizeUnit(PIXELS)
    settings = QgsPalLayerSettings()
    settings.setFormat(text)
    settings.fieldName = "name_en || '\\n' || name_zh"
    settings.isExpression = True
    settings.placement = QgsPalLayerSettings.OrderedPositionsAroundPoint
    settings.dist = look["text_away"]
    settings.distUnits = PIXELS
    return QgsVectorLayerSimpleLabeling(settings)


application = QgsApplication([], False)
application.initQgis()
roads = QgsCategorizedSymbolRenderer("class", [QgsRendererCategory(r["class"], road(r), "") for r in look["roads"]])
roads.setUsingSymbolLevels(True)
dot = QgsMarkerSymbol.createSimple({
    "name": "circle", "color": look["symbol"], "size": str(look["symbol_size"]), "size_unit": "Pixel",
    "outline_color": "#ffffff", "outline_width": str(look["symbol_edge"]), "outline_width_unit": "Pixel"})
places = read("place", QgsSingleSymbolRenderer(dot))
places.setLabeling(labels())
places.setLabelsEnabled(True)
areas = QgsCategorizedSymbolRenderer("shade", [QgsRendererCategory(s, area(c), "") for s, c in look["shades"].items()])

settings = QgsMapSettings()
layers = [places, read("road", roads), read("district", areas)]  # which the settings do not keep alive
settings.setLayers(layers)
settings.setDestinationCrs(QgsCoordinateReferenceSystem(f"EPSG:{look['epsg']}"))
settings.setExtent(QgsRectangle(*look["extent"]))
settings.setOutputSize(QSize(*look["size"]))
settings.setBackgroundColor(QColor(look["ground"]))
job = QgsMapRendererParallelJob(settings)
job.start()
job.waitForFinished()
job.renderedImage().save(sys.argv[2])
# Tearing QGIS down takes seconds of its own and is not drawing.
os._exit(0)
