"""People within several distances, as a planner would script it: k-d tree counts, buffers and their union
with shapely, sums as a table, the demand points with their counts and nearest facility as a layer.  Planar
in the projected system.

    coverage_scipy.py DEMAND.csv FACILITY.csv OUT.gpkg EPSG LIMIT_M...
"""
import struct
import sys

import numpy
import pyproj
import scipy.spatial
import shapely.geometry
import shapely.ops
from osgeo import ogr

import layers

demand_path, facility_path, out_path, epsg = sys.argv[1:5]
limits = [float(limit) for limit in sys.argv[5:]]
demand = numpy.loadtxt(demand_path, delimiter=",", skiprows=1, usecols=(1, 2, 3))
facility = numpy.loadtxt(facility_path, delimiter=",", skiprows=1, usecols=(2, 3))
project = pyproj.Transformer.from_crs(4326, int(epsg), always_xy=True).transform
people = numpy.column_stack(project(demand[:, 1], demand[:, 2]))
sites = numpy.column_stack(project(*facility.T))
tree = scipy.spatial.cKDTree(sites)
own = scipy.spatial.cKDTree(people)
for limit in limits:
    count = tree.query_ball_point(people, limit, workers=-1, return_length=True)
    reach = own.query_ball_point(sites, limit, workers=-1)
    by_facility = [demand[rows, 0].sum() for rows in reach]
    only = [demand[[row for row in rows if count[row] == 1], 0].sum() for rows in reach]
    shape = shapely.ops.unary_union([shapely.geometry.Point(p).buffer(limit, 32) for p in sites])
    print(limit, demand[count > 0, 0].sum(), demand[count > 1, 0].sum(), sum(by_facility), sum(only), shape.area)
distance, nearest = tree.query(people, workers=-1)
layers.write(
    out_path, "demand", ogr.wkbPoint,
    [("row", ogr.OFTInteger64), ("weight", ogr.OFTReal), ("n_within", ogr.OFTInteger64),
     ("nearest", ogr.OFTInteger64), ("distance_m", ogr.OFTReal)],
    ((struct.pack("<BI2d", 1, 1, *demand[row, 1:]),
      (row, float(demand[row, 0]), int(count[row]), int(nearest[row]), float(distance[row])))
     for row in range(len(demand))))
