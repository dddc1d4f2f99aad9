"""Bumble's controller where it keeps to what the specification says of one, and the link between several of them."""

import asyncio

from bumble import hci, ll
from bumble.controller import Controller
from bumble.core import PhysicalTransport
from bumble.link import LocalLink

from reports import Advertisement, extended_reports, legacy_report

EXTENDED_FEATURES = hci.LeFeatureMask.LE_EXTENDED_ADVERTISING | hci.LeFeatureMask.LE_PERIODIC_ADVERTISING
EXTENDED_COMMANDS = {
    hci.HCI_LE_SET_EXTENDED_SCAN_PARAMETERS_COMMAND, hci.HCI_LE_SET_EXTENDED_SCAN_ENABLE_COMMAND,
    hci.HCI_LE_EXTENDED_CREATE_CONNECTION_COMMAND,
}
SUPERVISION_TIMEOUT = hci.HCI_ErrorCode.CONNECTION_TIMEOUT_ERROR
SUCCESS = hci.HCI_StatusReturnParameters(hci.HCI_ErrorCode.SUCCESS)


def plain(address):
    """`AA:BB:CC:DD:EE:FF`; Bumble adds the kind of address."""
    return str(address).partition("/")[0]


class Link(LocalLink):
    """Between controllers. Bumble lets both ends of a new connection believe in it even where the device has fallen silent meanwhile, and
    names the sender's random address as the source of LE data, whatever address its connection was made with."""

    def is_on_the_air(self, address):
        controller = self.find_le_controller(address)
        return controller is not None and controller.le_legacy_advertiser.enabled

    def send_advertising_pdu(self, sender_controller, packet):
        if not isinstance(packet, ll.ConnectInd):
            return super().send_advertising_pdu(sender_controller, packet)
        for controller in self.controllers - {sender_controller}:
            controller.on_ll_advertising_pdu(packet)

    def send_acl_data(self, sender_controller, destination_address, transport, data):
        connection = sender_controller.le_connections.get(destination_address)
        receiver = self.find_le_controller(destination_address)
        if connection and receiver:
            asyncio.get_running_loop().call_soon(receiver.on_link_acl_data, connection.self_address, transport, data)

    def lose(self, connection):
        """Lets both ends find that nothing is heard of the other any more."""
        for controller in self.controllers:
            for theirs in list(controller.le_connections.values()):
                if {theirs.self_address, theirs.peer_address} == {connection.self_address, connection.peer_address}:
                    controller.on_le_disconnected(theirs, SUPERVISION_TIMEOUT)


class PlainController(Controller):
    """A controller without extended advertising, of a device."""

    def __init__(self, name, link, public_address):
        super().__init__(name, link=link, public_address=public_address)
        self.le_features &= ~EXTENDED_FEATURES


class HostController(Controller):
    """The controller of the host under test.

    Beyond Bumble's: a reset ends what there was, connecting can be given up or be refused, a scan hears what its kind of scan hears, and
    data comes in packets no longer than the controller's own.
    """

    def __init__(self, sink, link, is_extended):
        super().__init__("host", host_sink=sink, link=link, public_address="F0:F1:F2:F3:F4:F5")
        self.le_features &= ~EXTENDED_FEATURES
        self.is_extended = False
        if is_extended:
            self.extend()
        # What ends the deafness: "scan" (switched on anew), "reset" or "open" (the port); None where it hears.
        self.deaf_until = None
        # The status of the next connection to an address.
        self.refusals = {}

    def extend(self):
        """Has the commands of extended advertising from now on."""
        self.supported_commands = self.supported_commands | EXTENDED_COMMANDS
        self.le_features |= EXTENDED_FEATURES
        self.is_extended = True

    # MARK: What a reset forgets

    def forget(self):
        for connection in list(self.le_connections.values()):
            del self.le_connections[connection.peer_address]
            self.link.lose(connection)
        self.le_scan_enable = False
        self.pending_le_connection = None

    def on_hci_reset_command(self, _):
        self.forget()
        self.hear_again("reset")
        return SUCCESS

    # MARK: Scanning

    def on_hci_le_set_scan_enable_command(self, command):
        self.hear_again("scan")
        return super().on_hci_le_set_scan_enable_command(command)

    def on_hci_le_set_extended_scan_parameters_command(self, command):
        self.le_scan_type = command.scan_types[0]
        return super().on_hci_le_set_extended_scan_parameters_command(command)

    def on_hci_le_set_extended_scan_enable_command(self, command):
        self.hear_again("scan")
        return super().on_hci_le_set_extended_scan_enable_command(command)

    def hear_again(self, event):
        steps = ["scan", "reset", "open"]
        if self.deaf_until and steps.index(event) >= steps.index(self.deaf_until):
            self.deaf_until = None

    def hear(self, advertisement):
        """Tells the host of an advertisement, if it scans and its controller can hear."""
        if not self.le_scan_enable or self.deaf_until or (advertisement.is_extended and not self.is_extended):
            return
        asks = self.le_scan_type == 1 and advertisement.answer
        for told in [advertisement, advertisement.answer] if asks else [advertisement]:
            for report in extended_reports(told) if self.is_extended else [legacy_report(told)]:
                # Behind what was said before: Bumble says everything so.
                asyncio.get_running_loop().call_soon(self.host.on_packet, report)

    def on_advertising_pdu(self, pdu):
        address = pdu.advertiser_address
        self.hear(Advertisement(
            plain(address), pdu.data, is_random=not address.is_public, is_connectable=True))
        pending = self.pending_le_connection
        if pending and pending.peer_address == address and self.link.is_on_the_air(address):
            self.create_le_connection(address)

    # MARK: Connecting

    def create_le_connection(self, peer_address):
        status = self.refusals.pop(plain(peer_address), None)
        if status is None:
            super().create_le_connection(peer_address)
        else:
            self.end_connecting(status)

    def on_hci_le_create_connection_cancel_command(self, _):
        if not self.pending_le_connection:
            return hci.HCI_StatusReturnParameters(hci.HCI_ErrorCode.COMMAND_DISALLOWED_ERROR)
        # After the answer to the cancellation.
        asyncio.get_running_loop().call_soon(self.end_connecting, hci.HCI_ErrorCode.UNKNOWN_CONNECTION_IDENTIFIER_ERROR)
        return SUCCESS

    def end_connecting(self, status):
        pending, self.pending_le_connection = self.pending_le_connection, None
        if pending:
            self.send_hci_packet(hci.HCI_LE_Connection_Complete_Event(
                status=status, connection_handle=0, role=hci.Role.CENTRAL, peer_address_type=pending.peer_address.address_type,
                peer_address=pending.peer_address, connection_interval=0, peripheral_latency=0, supervision_timeout=0,
                central_clock_accuracy=0))

    def on_link_acl_data(self, sender_address, transport, data):
        connection = self.le_connections.get(sender_address)
        if connection is None or transport != PhysicalTransport.LE:
            return
        for at in range(0, len(data), self.le_acl_data_packet_length):
            piece = data[at:at + self.le_acl_data_packet_length]
            # 2: the first packet of a PDU, 1: one that continues it.
            self.send_hci_packet(hci.HCI_AclDataPacket(connection.handle, 1 if at else 2, 0, len(piece), piece))
