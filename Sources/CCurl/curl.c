#include "CCurl.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { HEADER_LIMIT = 64 * 1024, TICK_MS = 1000 };

struct ccurl {
    CURLM *multi;
    CURL *easy;
    struct curl_slist *headers;
    char detail[CURL_ERROR_SIZE];
    /* Of the request under way. */
    ccurl_sink sink;
    void *context;
    size_t header_bytes;
    long first_ms, later_ms;
    int64_t heard_at;
    bool has_heard, stopped, headers_too_large;
};

static int64_t monotonic_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

ccurl *ccurl_new(void) {
    ccurl *client = calloc(1, sizeof *client);
    if (!client) return NULL;
    client->multi = curl_multi_init();
    client->easy = curl_easy_init();
    if (client->multi && client->easy) return client;
    ccurl_free(client);
    return NULL;
}

void ccurl_free(ccurl *client) {
    if (!client) return;
    if (client->easy) curl_easy_cleanup(client->easy);
    if (client->multi) curl_multi_cleanup(client->multi);
    curl_slist_free_all(client->headers);
    free(client);
}

static size_t take_body(char *bytes, size_t size, size_t count, void *opaque) {
    ccurl *client = opaque;
    client->has_heard = true;
    client->heard_at = monotonic_ms();
    if (client->sink(client->context, (const uint8_t *)bytes, size * count)) return size * count;
    client->stopped = true;
    return CURL_WRITEFUNC_ERROR;
}

static size_t take_header(char *bytes, size_t size, size_t count, void *opaque) {
    (void)bytes;
    ccurl *client = opaque;
    client->header_bytes += size * count;
    if (client->header_bytes <= HEADER_LIMIT) return size * count;
    client->headers_too_large = true;
    return CURL_WRITEFUNC_ERROR;
}

bool ccurl_begin(ccurl *client, const char *method, const char *url) {
    CURL *easy = client->easy;
    curl_easy_reset(easy);
    curl_slist_free_all(client->headers);
    client->headers = NULL;
    client->detail[0] = 0;
    client->first_ms = client->later_ms = 0;
    bool ok = true;
    ok &= curl_easy_setopt(easy, CURLOPT_URL, url) == CURLE_OK;
    ok &= curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, method) == CURLE_OK;
    ok &= curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK;
    ok &= curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK;
    ok &= curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L) == CURLE_OK;
    ok &= curl_easy_setopt(easy, CURLOPT_TCP_NODELAY, 1L) == CURLE_OK;
    ok &= curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L) == CURLE_OK;
    /* One request at a time per connection: HTTP/2 would only add ways to fail. */
    ok &= curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1) == CURLE_OK;
    /* A silent name server must not hold the thread after the deadline: without this, libcurl joins its resolver thread. */
    ok &= curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L) == CURLE_OK;
    /* Set, so that no environment variable sends an alert through a proxy that nobody configured. */
    ok &= curl_easy_setopt(easy, CURLOPT_PROXY, "") == CURLE_OK;
    ok &= curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, client->detail) == CURLE_OK;
    ok &= curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body) == CURLE_OK;
    ok &= curl_easy_setopt(easy, CURLOPT_WRITEDATA, client) == CURLE_OK;
    ok &= curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header) == CURLE_OK;
    ok &= curl_easy_setopt(easy, CURLOPT_HEADERDATA, client) == CURLE_OK;
    return ok;
}

bool ccurl_add_header(ccurl *client, const char *line) {
    struct curl_slist *longer = curl_slist_append(client->headers, line);
    if (!longer) return false;
    client->headers = longer;
    return true;
}

bool ccurl_set_body(ccurl *client, const uint8_t *bytes, size_t count) {
    /* The size first: with it, the copy may hold NUL bytes. An empty body needs a non-null pointer. */
    return curl_easy_setopt(client->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count) == CURLE_OK
        && curl_easy_setopt(client->easy, CURLOPT_COPYPOSTFIELDS, count ? (const char *)bytes : "") == CURLE_OK;
}

bool ccurl_set_unix_socket(ccurl *client, const char *path) {
    return curl_easy_setopt(client->easy, CURLOPT_UNIX_SOCKET_PATH, path) == CURLE_OK;
}

bool ccurl_set_ca_file(ccurl *client, const char *path) {
    return curl_easy_setopt(client->easy, CURLOPT_CAINFO, path) == CURLE_OK
        && curl_easy_setopt(client->easy, CURLOPT_CAPATH, NULL) == CURLE_OK;
}

bool ccurl_set_proxy(ccurl *client, const char *url) {
    return curl_easy_setopt(client->easy, CURLOPT_PROXY, url) == CURLE_OK;
}

bool ccurl_set_deadlines(ccurl *client, long connect_ms, long total_ms) {
    return curl_easy_setopt(client->easy, CURLOPT_CONNECTTIMEOUT_MS, connect_ms) == CURLE_OK
        && curl_easy_setopt(client->easy, CURLOPT_TIMEOUT_MS, total_ms) == CURLE_OK;
}

void ccurl_set_silence(ccurl *client, long first_ms, long later_ms) {
    client->first_ms = first_ms;
    client->later_ms = later_ms;
}

/* libcurl has one code for both deadlines; only a connection that stands has a time at which its transfer could begin. */
static bool is_connected(ccurl *client) {
    curl_off_t at = 0;
    return curl_easy_getinfo(client->easy, CURLINFO_PRETRANSFER_TIME_T, &at) == CURLE_OK && at > 0;
}

static ccurl_result classify(ccurl *client, CURLcode code) {
    if (client->stopped) return CCURL_STOPPED;
    if (client->headers_too_large) return CCURL_HEADERS_TOO_LARGE;
    switch (code) {
    case CURLE_OK: return CCURL_DONE;
    case CURLE_URL_MALFORMAT: return CCURL_BAD_URL;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY: return CCURL_RESOLVE;
    case CURLE_COULDNT_CONNECT: return CCURL_CONNECT;
    case CURLE_OPERATION_TIMEDOUT: return is_connected(client) ? CCURL_TIMEOUT : CCURL_CONNECT_TIMEOUT;
    case CURLE_SSL_CACERT_BADFILE: return CCURL_CA_FILE;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_USE_SSL_FAILED: return CCURL_TLS;
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_PARTIAL_FILE: return CCURL_LOST;
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING: return CCURL_PROTOCOL;
    default: return CCURL_OTHER;
    }
}

/* Milliseconds to wait at most before the silence has to be judged again. */
static long silence_left(ccurl *client) {
    long allowed = client->has_heard ? client->later_ms : client->first_ms;
    if (allowed == 0) return TICK_MS;
    int64_t left = client->heard_at + allowed - monotonic_ms();
    return left < 0 ? 0 : left > TICK_MS ? TICK_MS : (long)left;
}

static bool is_silent(ccurl *client) {
    long allowed = client->has_heard ? client->later_ms : client->first_ms;
    return allowed != 0 && monotonic_ms() >= client->heard_at + allowed;
}

/* Drives the transfer; true with its code, false when it was cut short for the reason in *cut. */
static bool drive(ccurl *client, int cancel_fd, CURLcode *code, ccurl_result *cut) {
    struct curl_waitfd cancel = {.fd = cancel_fd, .events = CURL_WAIT_POLLIN, .revents = 0};
    unsigned int waiting = cancel_fd >= 0 ? 1 : 0;
    for (;;) {
        int running = 0, queued = 0;
        if (curl_multi_perform(client->multi, &running) != CURLM_OK) break;
        CURLMsg *message = curl_multi_info_read(client->multi, &queued);
        if (message && message->msg == CURLMSG_DONE) {
            *code = message->data.result;
            return true;
        }
        if (is_silent(client)) {
            *cut = CCURL_SILENT;
            return false;
        }
        cancel.revents = 0;
        if (curl_multi_poll(client->multi, &cancel, waiting, (int)silence_left(client), NULL) != CURLM_OK) break;
        if (cancel.revents) {
            *cut = CCURL_CANCELLED;
            return false;
        }
    }
    *cut = CCURL_OTHER;
    return false;
}

ccurl_result ccurl_perform(ccurl *client, int cancel_fd, ccurl_sink sink, void *context) {
    client->sink = sink;
    client->context = context;
    client->header_bytes = 0;
    client->has_heard = client->stopped = client->headers_too_large = false;
    client->heard_at = monotonic_ms();
    if (curl_easy_setopt(client->easy, CURLOPT_HTTPHEADER, client->headers) != CURLE_OK) return CCURL_OTHER;
    if (curl_multi_add_handle(client->multi, client->easy) != CURLM_OK) return CCURL_OTHER;
    CURLcode code = CURLE_OK;
    ccurl_result cut = CCURL_OTHER;
    bool ended = drive(client, cancel_fd, &code, &cut);
    curl_multi_remove_handle(client->multi, client->easy);
    return ended ? classify(client, code) : cut;
}

long ccurl_status(ccurl *client) {
    long status = 0;
    return curl_easy_getinfo(client->easy, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK ? status : 0;
}

const char *ccurl_header(ccurl *client, const char *name) {
    struct curl_header *header = NULL;
    return curl_easy_header(client->easy, name, 0, CURLH_HEADER, -1, &header) == CURLHE_OK ? header->value : NULL;
}

const char *ccurl_detail(ccurl *client) { return client->detail; }

long ccurl_errno(ccurl *client) {
    long number = 0;
    return curl_easy_getinfo(client->easy, CURLINFO_OS_ERRNO, &number) == CURLE_OK ? number : 0;
}

int64_t ccurl_date(const char *text) { return (int64_t)curl_getdate(text, NULL); }
