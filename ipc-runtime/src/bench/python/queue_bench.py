"""multiprocessing.Queue, P producers and C consumers, 32 bytes a message: consumer I says "mark I NANOS COUNT"."""
import multiprocessing
import os
import sys
import time


def produce(queue):
    message = bytes(32)
    while True:
        queue.put(message)


def consume(queue, index):
    count = 0
    last = time.monotonic_ns()
    while True:
        queue.get()
        count += 1
        now = time.monotonic_ns()
        if now - last >= 10_000_000:
            os.write(1, f"mark {index} {now} {count}\n".encode())  # One write: others write as well.
            last = now


if __name__ == "__main__":
    producers, consumers = (int(a) for a in sys.argv[1:3])
    queue = multiprocessing.Queue(1 << 15)
    workers = [multiprocessing.Process(target=produce, args=(queue,), daemon=True) for _ in range(producers)]
    workers += [multiprocessing.Process(target=consume, args=(queue, i), daemon=True) for i in range(consumers)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
