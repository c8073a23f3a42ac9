"""CPU and wall time of a piece of work, and what is kept of many."""

import statistics
import time


def spread(values):
    return {"median": statistics.median(values), "minimum": min(values)}


def clocks(work):
    """CPU and wall seconds of one call."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.process_time() - cpu, time.perf_counter() - wall
