"""People within three distances, as a planner would script it: k-d tree counts, shapely buffers and their
union, a table of the sums.  Planar in the projected system.

    coverage_scipy.py DEMAND.csv FACILITY.csv OUT.csv EPSG LIMIT_M...
"""
import sys

import numpy
import pyproj
import scipy.spatial
import shapely.geometry
import shapely.ops

demand_path, facility_path, out_path, epsg = sys.argv[1:5]
limits = [float(limit) for limit in sys.argv[5:]]
demand = numpy.loadtxt(demand_path, delimiter=",", skiprows=1, usecols=(1, 2, 3))
facility = numpy.loadtxt(facility_path, delimiter=",", skiprows=1, usecols=(2, 3))
project = pyproj.Transformer.from_crs(4326, int(epsg), always_xy=True).transform
people = numpy.column_stack(project(demand[:, 1], demand[:, 2]))
sites = numpy.column_stack(project(*facility.T))
tree = scipy.spatial.cKDTree(sites)
own = scipy.spatial.cKDTree(people)
with open(out_path, "w") as out:
    out.write("within_m,people,reached_twice,reached_by_facility,area_m2\n")
    for limit in limits:
        count = tree.query_ball_point(people, limit, workers=-1, return_length=True)
        reach = own.query_ball_point(sites, limit, workers=-1)
        by_facility = sum(demand[rows, 0].sum() for rows in reach)
        shape = shapely.ops.unary_union([shapely.geometry.Point(p).buffer(limit, 32) for p in sites])
        out.write(f"{limit},{demand[count > 0, 0].sum()},{demand[count > 1, 0].sum()},{by_facility},{shape.area}\n")
