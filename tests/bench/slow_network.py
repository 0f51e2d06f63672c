"""A slow network on this machine: a proxy in front of a server, through which bytes take their time.

Chromium's own throttling leaves out what a service worker fetches (41 ms where the page took 2.3 s), and
opens connections for nothing; a proxy delays every request.
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

    def __init__(self, bits_per_second: int):
        self.seconds_per_byte = 8 / bits_per_second
        self.free_at = 0.0

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection's bytes until they end, each piece when the link has had time for it."""
        loop = asyncio.get_running_loop()
        while piece := await reader.read(PIECE):
            self.free_at = max(self.free_at, loop.time()) + len(piece) * self.seconds_per_byte
            sent_at = self.free_at
            loop.call_at(sent_at + ROUND_TRIP / 2, writer.write, piece)
            await asyncio.sleep(sent_at - loop.time())
        await asyncio.sleep(ROUND_TRIP / 2)


@contextmanager
def slow_network(port: int) -> Iterator[str]:
    """Put a slow network in front of the server at `port` of this machine; yield the address on this side."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    down, up = Link(DOWN), Link(UP)

    async def visit(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection of the browser."""
        # The browser sees it open at once; over a network that takes a message there and one back.
        await asyncio.sleep(ROUND_TRIP)
        # asyncio would report a handler that ends by being cancelled.
        with suppress(OSError, asyncio.CancelledError):
            answers, onward = await asyncio.open_connection("127.0.0.1", port)
            jobs = up.carry(reader, onward), down.carry(answers, writer)
            ways = [asyncio.ensure_future(job) for job in jobs]
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            await cancel(ways)
            onward.close()
        writer.close()

    async def cancel(tasks: list[asyncio.Future]) -> None:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def hang_up() -> None:
        await cancel([task for task in asyncio.all_tasks() if task is not asyncio.current_task()])

    def wait_for(job: Coroutine) -> object:
        return asyncio.run_coroutine_threadsafe(job, loop).result()

    server = wait_for(asyncio.start_server(visit, "127.0.0.1", 0))
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    finally:
        server.close()
        wait_for(hang_up())
        loop.call_soon_threadsafe(loop.stop)
