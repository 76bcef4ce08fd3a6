/** @file render.h
 *  From a workspace and a map document to a page: projection, symbols, labels without overlap, and
 *  the furniture of a report map, written as PNG with its metadata and a world file, PDF or SVG.
 *
 *  Not for screens: no tiles, no interaction.  Threads: call from one thread per workspace. */
#ifndef FACMAP_RENDER_H
#define FACMAP_RENDER_H

#include <facmap/lint.h>
#include <facmap/store.h>
#include <facmap/style.h>

G_BEGIN_DECLS

typedef enum {
    FM_LANGUAGE_BOTH,
    FM_LANGUAGE_EN,
    FM_LANGUAGE_ZH,
} FmLanguage;

/** Strings borrowed for the call.  All zero = as the document says. */
typedef struct {
    const char *size; /**< "A4", "A3-portrait", "600x400mm", "16:9", "1920x1080" (CSS px); NULL =
                                   the document's */
    double dpi;       /**< 0 = 300 for paper sizes, 96 for pixel sizes */
    FmLanguage language;
    const char *extent_layer; /**< fit to this layer; NULL = the document's extent */
    const char *atlas_layer;  /**< a page for each feature of this layer of areas; NULL = as the
                                   document's "facmap:atlas" says */
    const char *atlas_only;   /**< "ID,ID": only these pages of the atlas; NULL = all */
    const char *by;        /**< a map for each value of this field; NULL = as the document says */
    const char *scale;     /**< "1:50000", "round", "fit"; NULL = as the document says */
    const char *results;   /**< "a=b,c=d": draw workspace layer b where the document says a; NULL
                                   = none */
    const char *icons_dir; /**< folder of SVG icons; NULL = "icons" in the working folder */
    const char *display_list; /**< write what was placed, as text, to this file; NULL = no */
    const char *command_line; /**< into the PNG's text, may be NULL */
    guint n_colors;           /**< of a PNG: 2 … 256 for a palette of at most so many; 0 = all */
    gboolean lint;            /**< look for what is wrong with the page: FmRenderReport.findings */
    guint n_threads;
} FmRenderOptions;

/** What was drawn: a page, or all pages of an atlas together. */
typedef struct {
    char *file;                   /**< of the page; NULL of an atlas in several files */
    guint page;                   /**< number of an atlas page, from 1; else 0 */
    char *id, *name_en, *name_zh; /**< of an atlas page's area; else NULL */
    GPtrArray *pages;             /**< FmRenderReport*, those of an atlas; NULL for one page */
    int width_px, height_px;
    double dpi;               /**< pixels an inch of paper */
    double scale_denominator; /**< of the map frame at its centre; 0 of an atlas */
    char *crs;                /**< of the map frame */
    gint64 n_symbols, n_labels;
    GPtrArray *unplaced;       /**< char*: "layer: text" of labels that found no place */
    GPtrArray *missing_glyphs; /**< char*: characters no font had, with the text they are in */
    GPtrArray *warnings;       /**< char* */
    GPtrArray *findings;       /**< FmLintFinding*, with options' lint; else NULL */
} FmRenderReport;

FM_API void fm_render_report_free(FmRenderReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FmRenderReport, fm_render_report_free)

/** Draw the page, or an atlas' pages, to PNG, PDF or SVG, by the ending of the name (written beside
 *  and renamed).  A PNG gets a world file (".pgw"), ".prj" and ".aux.xml" next to it, unless it has
 *  several maps; the others are vectors with their text as text.  The pages of an atlas stand
 *  in one PDF, or in a file each when `path` has a column of the areas' layer in braces
 *  ("page-{id}.png"); all of them are written, or none.
 *  @param path NULL with the option `lint`: the page is looked at and not written
 *  @return transfer full (fm_render_report_free); NULL with FM_ERROR_NOT_FOUND (layer, field, icon,
 *          output folder), FM_ERROR_USAGE (size, ending), FM_ERROR_CRS, FM_ERROR_IO, FM_ERROR_LIMIT
 *          (page above 32767 pixels a side) or FM_ERROR_CANCELLED; no file is then left */
FM_API FmRenderReport *fm_render_page(FmWorkspace *workspace, const FmStyle *style,
                                      const char *path, const FmRenderOptions *options,
                                      const FmProgress *progress, GError **error);

G_END_DECLS
#endif
