/* What the lint finds in a document over the small town. */
#ifndef FM_TEST_LINT_FIXTURE_H
#define FM_TEST_LINT_FIXTURE_H

#include <facmap/render.h>

/* A layer with ' for ". */
#define LINT_LAYER(id, type, source, members)                                                      \
    "{'id': '" id "', 'type': '" type "', 'source': 'workspace', "                                 \
    "'source-layer': '" source "', " members "}"
#define LINT_SILENT "'metadata': {'facmap:legend': false}"

/* How many findings of a rule the page has that contain `words` (NULL = any).  ' stands for ". */
guint lint_count(const char *metadata, const char *layers, FmLintRule rule, const char *words);

/* How many findings of any rule it has. */
guint lint_count_all(const char *metadata, const char *layers);
/* The first of them, which must be there; transfer full. */
FmLintFinding *lint_first(const char *metadata, const char *layers, FmLintRule rule);

#endif
