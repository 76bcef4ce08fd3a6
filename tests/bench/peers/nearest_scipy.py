"""Nearest facility of every demand point, as a planner would script it: read both tables, project with
PROJ, k-d tree of scipy, write the connecting lines as a layer with OGR.  Distances are planar in the
projected system, not geodesic.

    nearest_scipy.py DEMAND.csv FACILITY.csv OUT.gpkg EPSG
"""
import struct
import sys

import numpy
import pyproj
import scipy.spatial
from osgeo import ogr

import layers

demand_path, facility_path, out_path, epsg = sys.argv[1:]
demand = numpy.loadtxt(demand_path, delimiter=",", skiprows=1, usecols=(2, 3))
facility = numpy.loadtxt(facility_path, delimiter=",", skiprows=1, usecols=(2, 3))
project = pyproj.Transformer.from_crs(4326, int(epsg), always_xy=True).transform
tree = scipy.spatial.cKDTree(numpy.column_stack(project(*facility.T)))
distance, index = tree.query(numpy.column_stack(project(*demand.T)), workers=-1)
layers.write(
    out_path, "near", ogr.wkbLineString,
    [("from_row", ogr.OFTInteger64), ("to_row", ogr.OFTInteger64), ("distance_m", ogr.OFTReal)],
    ((struct.pack("<BII4d", 1, 2, 2, *demand[row], *facility[to]), (row, int(to), float(distance[row])))
     for row, to in enumerate(index)))
