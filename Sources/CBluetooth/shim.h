#pragma once
/* bluetooth.h before hci.h: the second uses bdaddr_t of the first. */
#include <bluetooth/bluetooth.h>
#include <bluetooth/hci.h>
#include <bluetooth/hci_lib.h>
#include <bluetooth/l2cap.h>
