"""A Bluetooth controller behind H4, with the devices around it, for tests on machines without Bluetooth.

  python Tests/Support/virtual_radio tcp                 on a free loopback port
  python Tests/Support/virtual_radio unix:PATH           on a unix socket
  python Tests/Support/virtual_radio serial:PATH         on a pseudo terminal, with a link to it at PATH
      --extended                                         the controller has the commands of extended advertising

Needs Bumble: scripts/setup --for-tests installs it. The first line on stdout is {"adapter": "h4:tcp:127.0.0.1:PORT"}, as Vigil's
configuration writes it. After it, each JSON line on stdin is an order, {"do": "inject", ...}; they are the methods of `Radio` in radio.py.
Each is answered with one JSON line when it has taken effect: {"ok": true, ...} or {"ok": false, "error": "..."}.
With the end of stdin the process ends, so that nothing outlives who started it.
"""

import argparse
import asyncio
import json
import logging
import sys

from ports import port_for
from radio import Radio


def say(document):
    print(json.dumps(document), flush=True)


async def obey(radio, line):
    try:
        order = json.loads(line)
        return {"ok": True, **(await radio.orders[order.pop("do")](**order) or {})}
    except Exception as error:  # what an order does wrong must end the order, not the radio
        return {"ok": False, "error": f"{type(error).__name__}: {error}"}


async def obey_all(radio, orders):
    while True:
        say(await obey(radio, await orders.get()))


async def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("port", help="tcp, unix:PATH or serial:PATH")
    parser.add_argument("--extended", action="store_true")
    options = parser.parse_args()
    logging.basicConfig(stream=sys.stderr, level=logging.ERROR)
    port = port_for(options.port)
    radio = Radio(port, options.extended)
    await port.open()
    say({"adapter": port.adapter})
    lines = asyncio.StreamReader(limit=1 << 20)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    # Beside the reading, so that the end of stdin ends what an order waits for.
    orders = asyncio.Queue()
    obeying = asyncio.create_task(obey_all(radio, orders))
    while line := await lines.readline():
        orders.put_nowait(line)
    obeying.cancel()
    await port.close()


asyncio.run(main())
