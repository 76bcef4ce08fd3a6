/* What a text's first bytes and an encoding's name say of its encoding. */
#include "encoding.h"

#include <string.h>

const char *fm_encoding_of_mark(const char *bytes, gsize n)
{
    static const struct {
        const char *mark;
        gsize length;
        const char *encoding;
    } marks[] = {
        {"\xEF\xBB\xBF", 3, "UTF-8"}, {"\xFF\xFE", 2, "UTF-16LE"}, {"\xFE\xFF", 2, "UTF-16BE"}};

    for (gsize i = 0; i < G_N_ELEMENTS(marks); i++) {
        if (n >= marks[i].length && memcmp(bytes, marks[i].mark, marks[i].length) == 0) {
            return marks[i].encoding;
        }
    }
    return NULL;
}

gboolean fm_encoding_is_utf8(const char *encoding)
{
    return g_ascii_strcasecmp(encoding, "UTF-8") == 0 || g_ascii_strcasecmp(encoding, "UTF8") == 0;
}
