"""A device that hosts can connect to."""

import asyncio

from bumble.core import UUID
from bumble.device import Device
from bumble.gatt import Characteristic, CharacteristicValue, Service
from bumble.hci import Address, OwnAddressType
from bumble.host import Host
from bumble.transport.common import AsyncPipeSink

from controller import PlainController

PROPERTIES = {
    "read": Characteristic.Properties.READ,
    "write": Characteristic.Properties.WRITE,
    "notify": Characteristic.Properties.NOTIFY,
    "indicate": Characteristic.Properties.INDICATE,
}


class Peripheral:
    """GATT services on a controller of their own.

    - services: [{"uuid": "180D", "characteristics": [{"uuid": "2A37", "properties": ["notify"], "value": "0048"}]}]; what has
      "needs_pairing" is read over an encrypted link alone.
    """

    def __init__(self, link, address, data, services, is_random, interval_ms):
        kind = Address.RANDOM_DEVICE_ADDRESS if is_random else Address.PUBLIC_DEVICE_ADDRESS
        self.controller = PlainController(address, link, Address(address, kind))
        self.device = Device(
            name=address, address=Address(address, kind), host=Host(self.controller, AsyncPipeSink(self.controller)))
        self.data, self.interval_ms = data, interval_ms
        self.own_address = OwnAddressType.RANDOM if is_random else OwnAddressType.PUBLIC
        self.wants_to_advertise = False
        # One change of what is on the air at a time.
        self.changing = asyncio.Lock()
        self.restarts = set()
        self.device.on("connection", lambda connection: connection.on("disconnection", self.start_again))
        self.values, self.characteristics = {}, {}
        for service in services:
            made = [self.characteristic(**each) for each in service["characteristics"]]
            self.device.add_service(Service(UUID(service["uuid"]), made))

    def characteristic(self, uuid, properties, value="", needs_pairing=False):
        self.values[uuid] = bytes.fromhex(value)
        readable = Characteristic.READ_REQUIRES_ENCRYPTION if needs_pairing else Characteristic.READABLE
        made = Characteristic(
            UUID(uuid), sum((PROPERTIES[each] for each in properties), Characteristic.Properties(0)),
            readable | Characteristic.WRITEABLE,
            CharacteristicValue(
                read=lambda _: self.values[uuid], write=lambda _, value: self.values.__setitem__(uuid, value)))
        self.characteristics[uuid] = made
        return made

    async def start(self):
        await self.device.power_on()
        await self.advertise()

    async def advertise(self):
        self.wants_to_advertise = True
        await self.update()

    async def stop(self):
        self.wants_to_advertise = False
        await self.update()

    def start_again(self, _):
        """A connection ended, and with its beginning the advertising had."""
        # The loop keeps no hold of its own on a task.
        task = asyncio.create_task(self.update())
        self.restarts.add(task)
        task.add_done_callback(self.restarts.discard)

    async def update(self):
        async with self.changing:
            if not self.wants_to_advertise:
                await self.device.stop_advertising()
            elif not self.device.connections:
                await self.device.start_advertising(
                    own_address_type=self.own_address, advertising_data=self.data, advertising_interval_min=self.interval_ms,
                    advertising_interval_max=self.interval_ms)

    def subscription(self, uuid):
        """The bits of the client's configuration: 1 notifications, 2 indications."""
        handle = self.characteristics[uuid].handle
        written = [each.get(handle, b"\0\0")[0] for each in self.device.gatt_server.subscribers.values()]
        return written[0] if written else 0

    async def tell(self, uuid, value, is_confirmed):
        """Notifies, or indicates and waits for the confirmation."""
        self.values[uuid] = value
        if not self.subscription(uuid) & (2 if is_confirmed else 1):
            raise LookupError(f"nobody subscribed to {uuid}")
        server = self.device.gatt_server
        if not is_confirmed:
            return await server.notify_subscribers(self.characteristics[uuid], value)
        # One by one: Bumble drops the errors of those that it tells together.
        for bearer in list(server.subscribers):
            await server.indicate_subscriber(bearer, self.characteristics[uuid], value)

    async def disconnect(self, reason):
        for connection in list(self.device.connections.values()):
            await connection.disconnect(reason)
