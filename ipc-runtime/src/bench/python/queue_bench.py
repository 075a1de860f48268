"""multiprocessing.Queue, P producers and C consumers, 32 bytes a message: prints messages a second."""
import multiprocessing
import sys
import time


def produce(queue, count):
    message = bytes(32)
    for _ in range(count):
        queue.put(message)


def consume(queue, count):
    for _ in range(count):
        queue.get()


if __name__ == "__main__":
    producers, consumers, messages = (int(a) for a in sys.argv[1:4])
    queue = multiprocessing.Queue()
    workers = [multiprocessing.Process(target=produce, args=(queue, messages // producers)) for _ in range(producers)]
    workers += [multiprocessing.Process(target=consume, args=(queue, messages // consumers)) for _ in range(consumers)]
    begin = time.monotonic()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    print("rate", messages / (time.monotonic() - begin))
