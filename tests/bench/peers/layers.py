"""Write a GeoPackage layer from arrays, as a script of a planner's would."""
from osgeo import ogr, osr

ogr.UseExceptions()


def write(path, name, geometry_type, fields, rows):
    """`fields`: (name, OGR type); `rows`: (WKB, values)."""
    wgs84 = osr.SpatialReference()
    wgs84.ImportFromEPSG(4326)
    dataset = ogr.GetDriverByName("GPKG").CreateDataSource(path)
    dataset.StartTransaction()
    layer = dataset.CreateLayer(name, wgs84, geometry_type)
    for field in fields:
        layer.CreateField(ogr.FieldDefn(*field))
    definition = layer.GetLayerDefn()
    for wkb, values in rows:
        feature = ogr.Feature(definition)
        feature.SetGeometryDirectly(ogr.CreateGeometryFromWkb(wkb))
        for i, value in enumerate(values):
            feature.SetField(i, value)
        layer.CreateFeature(feature)
    dataset.CommitTransaction()
