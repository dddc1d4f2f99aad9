"""The air around a host: its controller, the devices that it hears, and what goes wrong."""

import asyncio
import inspect
import itertools

from controller import HostController, Link, plain
from peripheral import Peripheral
from reports import Advertisement


class Radio:
    """Its public coroutines are the orders; each returns when it has taken effect."""

    def __init__(self, port, is_extended):
        self.port = port
        self.link = Link()
        self.host = HostController(self, self.link, is_extended)
        self.peripherals, self.advertisers, self.beats = {}, {}, {}
        self.changed = asyncio.Event()
        port.sink = self.host
        port.on_change = self._poke
        port.on_open = lambda: self.host.hear_again("open")
        self.orders = {
            name: method for name, method in inspect.getmembers(self, inspect.iscoroutinefunction) if not name.startswith("_")}

    def on_packet(self, packet):
        """Says a packet to the host; Bumble calls it."""
        self.port.write(bytes(packet))
        self._poke()

    # MARK: Advertising

    async def inject(self, **advertisement):
        """One advertisement, heard now; an error where nobody scans."""
        self._must_scan()
        self.host.hear(self._advertisement(**advertisement))
        await asyncio.sleep(0)

    async def advertise(self, interval_ms, **advertisement):
        """The same advertisement again and again, from now on."""
        told = self._advertisement(**advertisement)
        await self.stop(told.address)
        self.advertisers[told.address] = asyncio.create_task(self._repeat(told, interval_ms / 1000))
        await asyncio.sleep(0)

    async def stop(self, address):
        """The device falls silent; connections stand."""
        if task := self.advertisers.pop(address, None):
            task.cancel()
        if peripheral := self.peripherals.get(address):
            await peripheral.stop()

    async def fleet(self, count, rounds, interval_ms, data):
        """So many devices, D0:00:00:00:00:00 and on, each so many times with what stands before the number of the round."""
        self._must_scan()
        loop = asyncio.get_running_loop()
        start, data = loop.time(), bytes.fromhex(data)
        for number in range(rounds):
            for device in range(count):
                address = "D0:00:00:%02X:%02X:%02X" % (device >> 16, device >> 8 & 255, device & 255)
                self.host.hear(Advertisement(address, data + bytes([number & 255])))
                if device % 64 == 63:
                    await asyncio.sleep(0)
            await asyncio.sleep(max(0.0, start + (number + 1) * interval_ms / 1000 - loop.time()))

    # MARK: Devices that can be connected to

    async def peripheral(self, address, data, services, is_random=True, interval_ms=50):
        """A device that advertises and waits for a connection."""
        made = Peripheral(self.link, address, bytes.fromhex(data), services, is_random, interval_ms)
        await made.start()
        self.peripherals[address] = made

    async def resume(self, address):
        """A device that was stopped advertises again."""
        await self.peripherals[address].advertise()

    async def set(self, address, uuid, value):
        """What is read there from now on."""
        self.peripherals[address].values[uuid] = bytes.fromhex(value)

    async def get(self, address, uuid):
        """What was set or written there last."""
        return {"value": self.peripherals[address].values[uuid].hex()}

    async def tell(self, address, uuid, value, is_confirmed=False):
        """Notifies; or indicates, and returns when that was confirmed. An error where the host did not subscribe."""
        await self.peripherals[address].tell(uuid, bytes.fromhex(value), is_confirmed)
        await self._settle()

    async def beat(self, address, uuid, values, interval_ms):
        """Notifies of one value after the other, over and over, whenever somebody subscribed."""
        self.beats[address] = asyncio.create_task(self._beat(self.peripherals[address], uuid, values, interval_ms / 1000))

    async def refuse(self, address, status):
        """The next connection to the device fails with this status."""
        self.host.refusals[address] = status

    async def disconnect(self, address, reason=0x13):
        """The device ends its connection."""
        await self.peripherals[address].disconnect(reason)
        await self._until(lambda: not self._is_connected(address))

    async def lose(self, address):
        """Neither end hears the other any more."""
        self.link.lose(self._connection(address))
        await self._settle()

    # MARK: A controller that is broken

    async def raw(self, data):
        """Any bytes at all towards the host."""
        if not self.port.write(bytes.fromhex(data)):
            raise ConnectionError("no host listens")

    async def extend(self):
        """The controller has extended advertising from now on: for a host that asks it anew what it can."""
        self.host.extend()

    async def deafen(self, until):
        """Nothing is heard any more, although the scan stands, until "scan" (is switched on), "reset" or "open" (of the port)."""
        self.host.deaf_until = until

    async def freeze(self):
        """The controller neither reads nor says anything until it is thawed."""
        self.port.freeze()

    async def thaw(self):
        self.port.thaw()

    async def unplug(self):
        """The port is gone, and the controller is without power."""
        self.host.forget()
        await self.port.close()

    async def plug(self):
        """The port is back where it was."""
        await self.port.open()

    # MARK: Waiting

    async def wait(self, state, holds=True, **whose):
        """Returns when the host is "attached", "scanning", "connecting", "connected" (address), or "subscribed" (address, uuid); or is not."""
        states = {
            "attached": lambda: self.port.has_host,
            "scanning": lambda: self.port.has_host and self.host.le_scan_enable,
            "connecting": lambda: self.host.pending_le_connection is not None,
            "connected": self._is_connected,
            "subscribed": lambda address, uuid: self._is_connected(address) and self.peripherals[address].subscription(uuid) != 0,
        }
        await self._until(lambda: bool(states[state](**whose)) == holds)

    # MARK: Within

    async def _until(self, holds):
        while not holds():
            self.changed.clear()
            await self.changed.wait()
        await self._settle()

    async def _settle(self):
        """Lets what is about to be said be said: Bumble passes it on a few times."""
        for _ in range(8):
            await asyncio.sleep(0)

    def _poke(self):
        self.changed.set()

    def _must_scan(self):
        if not (self.port.has_host and self.host.le_scan_enable):
            raise ConnectionError("no host scans")

    def _connection(self, address):
        found = [each for each in self.host.le_connections.values() if plain(each.peer_address) == address]
        if not found:
            raise LookupError(f"{address} is not connected")
        return found[0]

    def _is_connected(self, address):
        return any(plain(each.peer_address) == address for each in self.host.le_connections.values())

    async def _repeat(self, told, seconds):
        while True:
            self.host.hear(told)
            await asyncio.sleep(seconds)

    @staticmethod
    async def _beat(peripheral, uuid, values, seconds):
        for value in itertools.cycle(values):
            if peripheral.subscription(uuid):
                await peripheral.tell(uuid, bytes.fromhex(value), is_confirmed=False)
            await asyncio.sleep(seconds)

    @staticmethod
    def _advertisement(address, data, response=None, **rest):
        return Advertisement(address, bytes.fromhex(data), response=None if response is None else bytes.fromhex(response), **rest)
