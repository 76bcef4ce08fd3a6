/* The fonts that a layer names.  Both places hold them as literals: the outputs of `text-font`,
 * which the specification wants so, and the looks of the sections of a `format`. */
#include "style-document.h"

typedef struct {
    const char *path;
    FmStyleVisitFonts visit;
    void *user;
} Visit;

static gboolean visit_stack(const FmValue *stack, const Visit *visit)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (gsize i = 0; stack->kind == FM_KIND_ARRAY && i < stack->array.n; i++) {
        if (stack->array.items[i].kind == FM_KIND_STRING) {
            g_ptr_array_add(names, (gpointer)(guintptr)stack->array.items[i].string);
        }
    }
    g_ptr_array_add(names, NULL);
    return names->len == 1 ||
           visit->visit(visit->path, (const char *const *)names->pdata, visit->user);
}

/* Every literal that can be the node's value. */
static gboolean visit_outputs(const FmNode *node, const Visit *visit)
{
    if (fm__node_is_literal(node)) {
        return visit_stack(&node->value, visit);
    }
    for (gsize i = node->first_output; i < node->n_args; i++) {
        if (!visit_outputs(node->args[i], visit)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* A `format` without anything that depends on the feature is a value already. */
static gboolean visit_sections(const FmValue *text, const Visit *visit)
{
    for (gsize i = 0; text->kind == FM_KIND_FORMATTED && i < text->formatted.n; i++) {
        const FmValue *font = &text->formatted.sections[i].font;
        if (font->kind != FM_KIND_STRING) {
            continue;
        }
        g_auto(GStrv) names = g_strsplit(font->string, ",", -1);
        if (!visit->visit(visit->path, (const char *const *)names, visit->user)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean visit_text(const FmNode *node, const Visit *visit)
{
    if (fm__node_is_literal(node)) {
        return visit_sections(&node->value, visit);
    }
    const FmNode *font = NULL;
    for (gsize i = 0; fm__format_font(node, i, &font); i++) {
        if (font != NULL && !visit_outputs(font, visit)) {
            return FALSE;
        }
    }
    for (gsize i = 0; i < node->n_args; i++) {
        if (!visit_text(node->args[i], visit)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean visit_written(const FmPropertyValue *written, const Visit *visit)
{
    return written->expr == NULL || visit_text(written->expr->root, visit);
}

gboolean fm_style_layer_each_font(const FmStyleLayer *layer, FmStyleVisitFonts visit, void *user)
{
    g_return_val_if_fail(layer != NULL && visit != NULL, FALSE);
    const FmPropertyValue *fonts = &layer->properties[FM_PROP_TEXT_FONT];
    const Visit of_fonts = {"layout.text-font", visit, user};
    if (fonts->given && !(fonts->expr != NULL ? visit_outputs(fonts->expr->root, &of_fonts)
                                              : visit_stack(&fonts->constant, &of_fonts))) {
        return FALSE;
    }
    const Visit of_text = {"layout.text-field", visit, user};
    if (!visit_written(&layer->properties[FM_PROP_TEXT_FIELD], &of_text)) {
        return FALSE;
    }
    for (gsize i = 0; i < FM_N_TEXTS; i++) {
        g_autofree char *path =
            g_strdup_printf("metadata.facmap:text-field.%s", fm__text_languages[i]);
        const Visit of_language = {path, visit, user};
        if (!visit_written(&layer->texts[i], &of_language)) {
            return FALSE;
        }
    }
    return TRUE;
}
