#pragma once
#include <limits.h>
#include <mosquitto.h>
#include <mqtt_protocol.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/socket.h>

/**
 * Sends a PINGREQ now. libmosquitto pings only a connection that was silent for a whole keepalive, which one that acknowledges
 * traffic never is. Call it only when nothing waits to be written (mosquitto_want_write), or it lands inside another packet.
 * Returns 0, or -1 when the two bytes could not be handed over whole.
 */
static inline int cmosquitto_ping(struct mosquitto *client) {
    static const unsigned char pingreq[2] = {0xC0, 0x00};
    SSL *tls = (SSL *)mosquitto_ssl_get(client);
    if (tls) return SSL_write(tls, pingreq, sizeof pingreq) == (int)sizeof pingreq ? 0 : -1;
    return send(mosquitto_socket(client), pingreq, sizeof pingreq, MSG_NOSIGNAL) == (ssize_t)sizeof pingreq ? 0 : -1;
}

/** Holds back (1) or sends (0) partly filled segments: PUBACKs of four bytes each then leave together. */
static inline void cmosquitto_cork(struct mosquitto *client, int corked) {
    setsockopt(mosquitto_socket(client), IPPROTO_TCP, TCP_CORK, &corked, sizeof corked);
}

/** Why the broker's certificate was refused, in OpenSSL's words; NULL when it was not. Valid only inside a log callback. */
static inline const char *cmosquitto_certificate_fault(struct mosquitto *client) {
    SSL *tls = (SSL *)mosquitto_ssl_get(client);
    if (!tls) return NULL;
    long verdict = SSL_get_verify_result(tls);
    return verdict == X509_V_OK ? NULL : X509_verify_cert_error_string(verdict);
}

/** Whole days until the broker's certificate expires; INT_MIN when there is none. */
static inline int cmosquitto_certificate_days_left(struct mosquitto *client) {
    SSL *tls = (SSL *)mosquitto_ssl_get(client);
    X509 *certificate = tls ? SSL_get1_peer_certificate(tls) : NULL;
    int days = INT_MIN, seconds = 0;
    if (certificate && !ASN1_TIME_diff(&days, &seconds, NULL, X509_get0_notAfter(certificate))) days = INT_MIN;
    X509_free(certificate);
    return days;
}

/** The directory where the system keeps the authorities that it trusts. */
static inline const char *cmosquitto_system_authorities(void) { return X509_get_default_cert_dir(); }
