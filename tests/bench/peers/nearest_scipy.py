"""Nearest facility of every demand point, as a planner would script it: read both tables, project with
PROJ, k-d tree of scipy, write a table.  Distances are planar in the projected system, not geodesic.

    nearest_scipy.py DEMAND.csv FACILITY.csv OUT.csv EPSG
"""
import sys

import numpy
import pyproj
import scipy.spatial

demand_path, facility_path, out_path, epsg = sys.argv[1:]
demand = numpy.loadtxt(demand_path, delimiter=",", skiprows=1, usecols=(2, 3))
facility = numpy.loadtxt(facility_path, delimiter=",", skiprows=1, usecols=(2, 3))
project = pyproj.Transformer.from_crs(4326, int(epsg), always_xy=True).transform
tree = scipy.spatial.cKDTree(numpy.column_stack(project(*facility.T)))
distance, index = tree.query(numpy.column_stack(project(*demand.T)), workers=-1)
with open(out_path, "w") as out:
    out.write("from_row,to_row,distance_m\n")
    numpy.savetxt(out, numpy.column_stack((numpy.arange(len(index)), index, distance)), "%d,%d,%.3f")
