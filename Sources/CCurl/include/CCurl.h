#pragma once
/*
 * libcurl behind typed functions: curl_easy_setopt is variadic, which Swift cannot call.
 *
 * One client is one multi handle (it keeps the connections) with one easy handle in it, used by one thread. The multi interface is here
 * for one reason: its poll can also wait for a file descriptor, so that another thread can end a request that waits for ever.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct ccurl ccurl;

/** How a request ended; each value is another sentence for an operator. */
typedef enum {
    CCURL_DONE,
    CCURL_BAD_URL,
    CCURL_RESOLVE,
    CCURL_CONNECT,
    CCURL_TLS,
    /** The deadline for connecting (lookup and TLS included) is over. */
    CCURL_CONNECT_TIMEOUT,
    /** The total deadline is over. */
    CCURL_TIMEOUT,
    /** No byte came for as long as ccurl_set_silence allows. */
    CCURL_SILENT,
    CCURL_HEADERS_TOO_LARGE,
    /** The sink wanted no more. */
    CCURL_STOPPED,
    /** Reset, closed without an answer, or closed before its end. */
    CCURL_LOST,
    CCURL_PROTOCOL,
    /** The file of authorities cannot be read. */
    CCURL_CA_FILE,
    CCURL_CANCELLED,
    CCURL_OTHER,
} ccurl_result;

/** Takes a piece of the body; false ends the request. */
typedef bool (*ccurl_sink)(void *context, const uint8_t *bytes, size_t count);

/** NULL when there is no memory. */
ccurl *ccurl_new(void);
void ccurl_free(ccurl *client);

/*
 * A request is begun, furnished and performed. Every function copies what it is given; those that return bool say false when
 * libcurl refuses (no memory, malformed).
 */

/** Forgets the last request, keeps the connections. Methods with a body get it from ccurl_set_body. */
bool ccurl_begin(ccurl *client, const char *method, const char *url);
/** One line: `Name: value`. */
bool ccurl_add_header(ccurl *client, const char *line);
bool ccurl_set_body(ccurl *client, const uint8_t *bytes, size_t count);
/** Speaks HTTP to a unix socket; the URL's host only fills the Host header. */
bool ccurl_set_unix_socket(ccurl *client, const char *path);
/** PEM file of the authorities to trust instead of the system's. */
bool ccurl_set_ca_file(ccurl *client, const char *path);
bool ccurl_set_proxy(ccurl *client, const char *url);
/** total_ms 0 means none. */
bool ccurl_set_deadlines(ccurl *client, long connect_ms, long total_ms);
/** How long no byte of the body may come: before the first one, and after it. 0 means for ever. */
void ccurl_set_silence(ccurl *client, long first_ms, long later_ms);

/** Runs the request to its end. A readable cancel_fd ends it at once; -1 means none. */
ccurl_result ccurl_perform(ccurl *client, int cancel_fd, ccurl_sink sink, void *context);

/** Status code of the answer, 0 before there is one. */
long ccurl_status(ccurl *client);
/** The last value of a header of the answer, valid until the next request; NULL where there is none. */
const char *ccurl_header(ccurl *client, const char *name);
/** libcurl's own words on the last failure, may be empty. */
const char *ccurl_detail(ccurl *client);
/** errno of the last failed connect, or 0. */
long ccurl_errno(ccurl *client);

/** Seconds since 1970 of an HTTP date in any of its three forms (RFC 9110, 5.6.7), or -1. */
int64_t ccurl_date(const char *text);
