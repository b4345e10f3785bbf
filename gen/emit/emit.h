/*
 * From a model to files. Each emitter reads the model, whose C names are assigned, writes one text and cannot fail.
 *
 * 'stem' is the file's name without a folder and without .cdidl: "player" makes player.h, player_types.c and so on,
 * which include one another by these names.
 */
#ifndef CDIDL_EMIT_H
#define CDIDL_EMIT_H

struct model;
struct out;

void emit_header(struct out *out, const struct model *model, const char *stem);         /* STEM.h */
void emit_types(struct out *out, const struct model *model, const char *stem);          /* STEM_types.c */
void emit_client(struct out *out, const struct model *model, const char *stem);         /* STEM_client.c */
void emit_server(struct out *out, const struct model *model, const char *stem);         /* STEM_server.c */

void emit_cpp(struct out *out, const struct model *model, const char *stem);            /* --cpp: STEM.hpp */
void emit_fuzz(struct out *out, const struct model *model, const char *stem);           /* --fuzz: STEM_fuzz.c */
void emit_doc(struct out *out, const struct model *model, const char *stem);            /* --doc: STEM.md */
void emit_json(struct out *out, const struct model *model, const char *stem);           /* --json: STEM.json */

#endif
