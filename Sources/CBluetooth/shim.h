#pragma once
/* bluetooth.h before hci.h: the second uses bdaddr_t of the first. */
#include <bluetooth/bluetooth.h>
#include <bluetooth/hci.h>
#include <bluetooth/hci_lib.h>
#include <bluetooth/l2cap.h>
#include <sys/ioctl.h>

/* The numbers of these ioctls are macros that Swift does not read. */

/* What the kernel knows of info->dev_id; needs no privilege. */
static inline int cbluetooth_device_info(int socket, struct hci_dev_info *info) { return ioctl(socket, HCIGETDEVINFO, info); }

/* Needs CAP_NET_ADMIN; returns when the controller was set up, within seconds. */
static inline int cbluetooth_device_up(int socket, int device) { return ioctl(socket, HCIDEVUP, device); }
