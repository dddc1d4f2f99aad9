#ifndef VIGIL_CJSON_H
#define VIGIL_CJSON_H

// A C door to simdjson: one call parses a document and lays it out flat, so that the caller walks plain memory
// and no C call is made per field. Nothing throws, nothing is shared between parsers.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What a node is.
typedef enum cjson_kind {
    CJSON_NULL,
    CJSON_FALSE,
    CJSON_TRUE,
    /// A number without fraction and exponent that fits 64 bits with a sign.
    CJSON_INTEGER,
    /// Any other number; always finite.
    CJSON_REAL,
    CJSON_TEXT,
    CJSON_ARRAY,
    CJSON_OBJECT,
} cjson_kind;

/// How parsing ended.
typedef enum cjson_status {
    CJSON_OK,
    CJSON_TOO_LARGE,
    CJSON_TOO_DEEP,
    CJSON_NOT_UTF8,
    /// Not JSON, or a number that no double holds.
    CJSON_MALFORMED,
    /// An object names a member twice.
    CJSON_DUPLICATE_KEY,
    CJSON_OUT_OF_MEMORY,
} cjson_status;

/// One value of a document. The children of an array or object follow it at once; the next sibling of a node is `span` further.
typedef struct cjson_node {
    /// The member's name, unescaped UTF-8 that may hold NUL; NULL outside of objects.
    const char *key;
    union {
        int64_t integer;
        double real;
        /// Unescaped UTF-8 that may hold NUL.
        const char *text;
    } value;
    uint32_t key_length;
    /// Bytes of a text, children of an array or object.
    uint32_t length;
    /// Nodes of this value, itself included.
    uint32_t span;
    uint32_t kind;
} cjson_node;

/// A parser with its buffers. Used by one thread at a time.
typedef struct cjson_parser cjson_parser;

/// Makes a parser that refuses longer and deeper documents; NULL when memory is out.
cjson_parser *cjson_create(size_t maximum_bytes, size_t maximum_depth);

void cjson_destroy(cjson_parser *parser);

/// Parses a document.
///
/// On `CJSON_OK` the nodes stand from `*root` on, valid until the parser is used again or destroyed. The bytes are copied first and need
/// not outlive the call.
cjson_status cjson_parse(cjson_parser *parser, const uint8_t *bytes, size_t length, const cjson_node **root);

/// Whether two runs of bytes are equal.
static inline bool cjson_same(const void *a, const void *b, size_t length) { return memcmp(a, b, length) == 0; }

#ifdef __cplusplus
}
#endif

#endif
