/* The heading of a text table that does not stand in its first line. */
#ifndef FACMAP_TEXT_HEADING_H
#define FACMAP_TEXT_HEADING_H

#include <glib.h>

typedef struct {
    char separator;
    gsize n_records;  /* up to the heading and with it; 0: the first record is the heading */
    GPtrArray *names; /* char*, of the columns; NULL when n_records is 0 */
    char *note;       /* for the report; NULL when n_records is 0 */
} FmTextHeading;

/* @param text the beginning of the table  @param partial more text follows
 * @param separator of the first line */
void fm_text_heading_find(const char *text, gsize length, gboolean partial, char separator,
                          FmTextHeading *out);
void fm_text_heading_clear(FmTextHeading *heading);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FmTextHeading, fm_text_heading_clear)

#endif
