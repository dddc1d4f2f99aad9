/* Joins a stream of H4 packets to the kernel's virtual Bluetooth driver, so that a controller outside the virtual machine is hci0 in it.
 *
 *     vhci-bridge /dev/virtio-ports/controller
 *
 * /dev/vhci takes one whole packet a write and gives one a read; the stream has no such borders, so lengths are looked at here. */
// Source: Bluetooth Core Specification 5.4, volume 4, part A, section 2; Linux, drivers/bluetooth/hci_vhci.c.
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { COMMAND = 1, DATA = 2, VOICE = 3, EVENT = 4, ISOCHRONOUS = 5, VENDOR = 0xff };

/* The length of the packet at the start of the bytes; 0 while it cannot be known, -1 where none begins there. */
static int packet_length(const unsigned char *bytes, size_t count)
{
    switch (bytes[0]) {
    case EVENT: return count < 3 ? 0 : 3 + bytes[2];
    case VOICE: return count < 4 ? 0 : 4 + bytes[3];
    case DATA: return count < 5 ? 0 : 5 + (bytes[3] | bytes[4] << 8);
    case ISOCHRONOUS: return count < 5 ? 0 : 5 + ((bytes[3] | bytes[4] << 8) & 0x3fff);
    default: return -1;
    }
}

static int write_all(int file, const unsigned char *bytes, size_t count)
{
    while (count > 0) {
        ssize_t written = write(file, bytes, count);
        if (written <= 0) return -1;
        bytes += written;
        count -= (size_t)written;
    }
    return 0;
}

int main(int argc, char **argv)
{
    unsigned char stream[65536], packet[4096];
    const unsigned char create[2] = {VENDOR, 0};
    size_t have = 0;
    if (argc != 2) {
        fprintf(stderr, "usage: vhci-bridge PORT\n");
        return 2;
    }
    int port = open(argv[1], O_RDWR | O_NOCTTY), driver = open("/dev/vhci", O_RDWR);
    if (port < 0 || driver < 0 || write(driver, create, sizeof create) != sizeof create) {
        perror("vhci-bridge: cannot open");
        return 1;
    }
    for (;;) {
        struct pollfd polled[2] = {{port, POLLIN, 0}, {driver, POLLIN, 0}};
        if (poll(polled, 2, -1) < 0) return 1;
        if (polled[1].revents & POLLIN) {
            ssize_t count = read(driver, packet, sizeof packet);
            /* The driver's answer to the creation is for us. */
            if (count > 0 && packet[0] != VENDOR && write_all(port, packet, (size_t)count) < 0) return 1;
        }
        if (polled[0].revents & (POLLIN | POLLHUP)) {
            ssize_t count = read(port, stream + have, sizeof stream - have);
            if (count <= 0) return 1;
            have += (size_t)count;
            size_t start = 0;
            while (start < have) {
                int length = packet_length(stream + start, have - start);
                if (length < 0) {
                    start++;
                    continue;
                }
                if (length == 0 || (size_t)length > have - start) break;
                /* The kernel takes none while the adapter is down. */
                (void)!write(driver, stream + start, (size_t)length);
                start += (size_t)length;
            }
            memmove(stream, stream + start, have - start);
            have -= start;
        }
    }
}
