/** @file facmap.h
 *  All of libfacmap: facility lists in, coverage and proximity, maps and GeoPackages out. */
#ifndef FACMAP_FACMAP_H
#define FACMAP_FACMAP_H

#include <facmap/analysis.h>
#include <facmap/check.h>
#include <facmap/classify.h>
#include <facmap/contrast.h>
#include <facmap/core.h>
#include <facmap/export.h>
#include <facmap/geo.h>
#include <facmap/geometry.h>
#include <facmap/graph.h>
#include <facmap/lint.h>
#include <facmap/load.h>
#include <facmap/network.h>
#include <facmap/page.h>
#include <facmap/palette.h>
#include <facmap/raster.h>
#include <facmap/reach.h>
#include <facmap/render.h>
#include <facmap/site.h>
#include <facmap/store.h>
#include <facmap/style.h>
#include <facmap/table.h>
#include <facmap/theme.h>

#endif
