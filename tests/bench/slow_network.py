"""A slow network on this machine: a proxy in front of a server, through which bytes take their time.

Chromium's own throttling leaves out what a service worker fetches (41 ms where the page took 2.3 s), and
opens connections for nothing; to a proxy all that is asked is alike.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress

# What Lighthouse and DevTools call slow 4G.
DOWN, UP = 1_600_000, 750_000  # bits per second
ROUND_TRIP = 0.150  # seconds

PIECE = 2048  # bytes of one connection after which it is another's turn


class Link:
    """One direction of the network, shared by all connections."""

    def __init__(self, bits_per_second: int, latency: float):
        self.seconds_per_byte = 8 / bits_per_second
        self.latency = latency
        self.free_at = 0.0

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection's bytes until they end, each piece when the link has had time for it."""
        loop = asyncio.get_running_loop()
        while piece := await reader.read(PIECE):
            self.free_at = max(self.free_at, loop.time()) + len(piece) * self.seconds_per_byte
            sent_at = self.free_at
            loop.call_at(sent_at + self.latency, writer.write, piece)
            await asyncio.sleep(sent_at - loop.time())
        await asyncio.sleep(self.latency)


class SlowNetwork:
    """Connections to the server at `port`, by way of a slow network."""

    def __init__(self, port: int):
        self.server_port = port
        self.down, self.up = Link(DOWN, ROUND_TRIP / 2), Link(UP, ROUND_TRIP / 2)
        self.tasks: set[asyncio.Task] = set()

    async def visit(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection of the browser."""
        self.tasks.add(asyncio.current_task())
        onward = None
        with suppress(OSError):
            # The browser sees it open at once; over a network that takes a message there and one back.
            await asyncio.sleep(ROUND_TRIP)
            answers, onward = await asyncio.open_connection("127.0.0.1", self.server_port)
            ways = [
                asyncio.ensure_future(way)
                for way in (self.up.carry(reader, onward), self.down.carry(answers, writer))
            ]
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
        for side in (writer, onward):
            if side is not None:
                side.close()
        self.tasks.discard(asyncio.current_task())

    async def hang_up(self) -> None:
        """End all connections."""
        tasks = list(self.tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@contextmanager
def slow_network(port: int) -> Iterator[str]:
    """Put a slow network in front of the server at `port` of this machine; gives the address on this side."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    network = SlowNetwork(port)

    def wait_for(job: Coroutine) -> object:
        return asyncio.run_coroutine_threadsafe(job, loop).result()

    server = wait_for(asyncio.start_server(network.visit, "127.0.0.1", 0))
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    finally:
        server.close()
        wait_for(network.hang_up())
        loop.call_soon_threadsafe(loop.stop)
