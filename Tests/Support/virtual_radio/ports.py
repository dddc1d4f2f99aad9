"""Where a host reaches the controller: one H4 stream to one host at a time.

Bumble has such transports too; these can go away and come back at the same place, be silent, and survive bytes that are no packet.
"""

import asyncio
import logging
import os
import pty
import socket
import tty

from bumble.core import InvalidPacketError
from bumble.transport.common import PacketParser


def port_for(name):
    kind, _, path = name.partition(":")
    if kind == "tcp":
        return TCPPort()
    return {"unix": UnixPort, "serial": SerialPort}[kind](path)


class Port(asyncio.Protocol):
    """Packets of the host go to `sink`; `on_change` is called when a host comes or goes, `on_open` when one comes."""

    def __init__(self):
        self.parser = PacketParser()
        self.transport = None
        self.is_frozen = False
        self.on_change = lambda: None
        self.on_open = lambda: None

    @property
    def sink(self):
        return self.parser.sink

    @sink.setter
    def sink(self, sink):
        self.parser.set_packet_sink(sink)

    @property
    def has_host(self):
        return self.transport is not None

    def write(self, data):
        """Says it to the host, if there is one and the port is not frozen; answers whether it did."""
        if self.transport is None or self.is_frozen:
            return False
        self.transport.write(data)
        return True

    def freeze(self):
        """Neither reads nor writes until it is thawed; what the host says meanwhile waits."""
        self.is_frozen = True
        if self.transport:
            self.transport.pause_reading()

    def thaw(self):
        self.is_frozen = False
        if self.transport:
            self.transport.resume_reading()

    # What asyncio calls.

    def connection_made(self, transport):
        if self.transport:  # a host that came back before its old connection was seen to end
            self.transport.abort()
        self.transport = transport
        self.parser.reset()
        self.on_open()
        self.on_change()
        if self.is_frozen:
            transport.pause_reading()

    def data_received(self, data):
        try:
            self.parser.feed_data(data)
        except InvalidPacketError as error:
            self.parser.reset()
            logging.error("the host does not speak H4: %s", error)


class Hold(asyncio.Protocol):
    """One connection of a host to a port that listens: a late word of an old one says nothing of the next."""

    def __init__(self, port):
        self.port = port
        self.transport = None

    def connection_made(self, transport):
        self.transport = transport
        self.port.connection_made(transport)

    def data_received(self, data):
        if self.port.transport is self.transport:
            self.port.data_received(data)

    def connection_lost(self, _):
        if self.port.transport is self.transport:
            self.port.transport = None
            self.port.on_change()


class ListeningPort(Port):
    """Without an open port, connections are refused."""

    server = None

    async def close(self):
        if self.server:
            self.server.close()
            self.server = None
        if self.transport:
            self.transport.abort()
            self.transport = None
        self.on_change()


class TCPPort(ListeningPort):
    number = 0

    @property
    def adapter(self):
        return f"h4:tcp:127.0.0.1:{self.number}"

    async def open(self):
        # asyncio sets TCP_NODELAY on what it accepts only where the protocol is named.
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.number))
        self.number = listener.getsockname()[1]
        self.server = await asyncio.get_running_loop().create_server(lambda: Hold(self), sock=listener)


class UnixPort(ListeningPort):
    def __init__(self, path):
        super().__init__()
        self.path = path

    @property
    def adapter(self):
        return f"h4:unix:{self.path}"

    async def open(self):
        self.server = await asyncio.get_running_loop().create_unix_server(lambda: Hold(self), self.path)

    async def close(self):
        await super().close()
        if os.path.exists(self.path):
            os.unlink(self.path)


class SerialPort(Port):
    """A pseudo terminal: like a UART, it does not know whether somebody has opened it."""

    def __init__(self, path):
        super().__init__()
        self.path = path
        self.writer = None
        self.ends = ()

    @property
    def adapter(self):
        return f"h4:{self.path}"

    async def open(self):
        ours, theirs = self.ends = pty.openpty()
        tty.setraw(theirs)
        loop = asyncio.get_running_loop()
        self.writer, _ = await loop.connect_write_pipe(asyncio.BaseProtocol, open(os.dup(ours), "wb", buffering=0))
        await loop.connect_read_pipe(lambda: self, open(ours, "rb", buffering=0, closefd=False))
        os.symlink(os.ttyname(theirs), self.path)

    async def close(self):
        os.unlink(self.path)
        if self.transport:
            self.transport.close()
            self.transport = None
        self.writer.abort()
        for end in self.ends:
            os.close(end)
        self.on_change()

    def write(self, data):
        if self.is_frozen or self.transport is None:
            return False
        self.writer.write(data)
        return True
